//! The command line of Viva. All of it is in [`viva::cli`].

/// Rendering is mostly short-lived strings on all threads: the system's allocator takes a third
/// longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    viva::cli::main()
}
