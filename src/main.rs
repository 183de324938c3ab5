//! The command line of Viva. All of it is in [`viva::cli`].

fn main() -> std::process::ExitCode {
    viva::cli::main()
}
