//! The vocabulary: stems that are inflected to a few thousand word forms,
//! technical terms, code and invented names, with the sentence builder.

use super::rng::Rng;
use std::sync::LazyLock;

/// Sentence patterns. A letter in braces stands for a word: `N` noun,
/// `P` plural, `V` verb, `S` its third person, `D` its past, `G` its -ing form,
/// `J` adjective, `R` adverb, `T` technical term, `C` code, `W` invented name,
/// `#` number.
const SENTENCES: &[&str] = &[
    "The {J} {N} {R} {S} every {N} that the {N} {D} before.",
    "When a {N} {S} the {T}, the {J} {N} has to {V} its {P} again.",
    "In {W} the {P} {D} the {N} for {#} minutes because nobody {D} the {T}.",
    "A {N} is not a {N}: it {S} the {N} only after the {J} {N} has {D}.",
    "{C} {S} the {N}, so the {N} of the {T} stays {J}.",
    "Most {P} {V} {R}, but {J} {P} {V} the {N} under {#} percent of the load.",
    "Use {C} where the {N} is {J}, and {V} the {P} in one {N}.",
    "Without a {N}, {G} {P} costs about {#} times the {N} of {G} a {T}.",
    "The {T} {S} a {N} for each {N}, which {S} the {P} of the whole {N}.",
    "Nothing {S} the {N} if {C} was {D} by a {J} {N}.",
    "Teams that {V} {P} {R} {V} the {J} {N} of their {P} first.",
    "It {S} {R} as long as the {N} {S} no {J} {N}.",
    "{G} the {N} {R} is what {S} a {J} {T} from a {N}.",
    "Each {N} {S} its own {N}, and {C} {S} the {P} between them.",
    "At {W} we {D} {#} {P}, {D} the {N} and {R} {D} the {J} {T}.",
    "The cost of the {N} {S} with the {P}, not with the {J} {N}.",
    "If two {P} {V} one {N}, the {T} {S} whichever {N} {D} last.",
    "Before {G} a {N}, {V} the {J} {P} and the {N} that they {V}.",
    "{W} {D} its {N} from {#} to {#} {P} by {G} {C}.",
    "An engineer who {S} {P} asks which {N} {S} the {N} and how {R}.",
];

/// Patterns of the points an interviewer listens for.
const POINTS: &[&str] = &[
    "Names the {N} that {S} the {J} {N} and says why.",
    "Says that {C} {S} the {N}, not the {P}.",
    "Compares the {T} with a {J} {N} and {S} the {N}.",
    "{S} {R} between a {N} and its {P}.",
    "Gives a {J} example in which the {N} {S} {#} {P}.",
    "Knows what {C} does to the {P} of a {N}.",
    "Asks how {J} the {N} is before {G} the {T}.",
    "Mentions that {P} {V} the {N} on {W}.",
    "Thinks that {G} the {N} {S} every {T}.",
    "Can't say which {N} {S} after the {P} have {D}.",
    "Would {V} the {N} with {C} and {V} no {N}.",
    "Measures the {N} first, then {S} the {J} {P}.",
];

/// Patterns of titles and follow-ups.
const QUESTIONS: &[&str] = &[
    "How does a {J} {N} {V} the {N} of a {T}?",
    "Why would you {V} a {N} with {J} {P}?",
    "What happens when a {N} {S} the {J} {T}?",
    "Which {P} {V} a {T}, and which {V} its {N}?",
    "When is a {J} {N} better than a {T}?",
    "What does {G} a {N} cost in a {J} {T}?",
    "How would you {V} the {P} of {W}?",
    "{V} a {J} {N} for a {T}",
    "What is the {N} of a {J} {T}?",
    "Where does the {N} go once the {T} has {D} it?",
    "How do you find the {N} that {S} a {J} {N}?",
    "What would change if the {N} {D} {#} {P}?",
];

const NOUNS: &str = "\
request function object value error method result thread process queue module package test \
argument variable instance service client server worker cache record index schema table row \
column query message event signal handler callback loop iterator generator decorator descriptor \
attribute property parameter default closure scope frame stack heap reference counter collector \
pool lock barrier deadline timeout retry budget limit quota window buffer stream chunk segment \
page block cursor transaction migration constraint key lookup hash bucket entry slot node edge \
graph tree branch root parent ancestor sibling token parser grammar compiler \
interpreter bytecode opcode literal constant expression statement assignment operator operand \
comparison condition exception traceback context manager resource descriptor socket connection \
session cookie header payload response route endpoint gateway proxy balancer replica shard \
partition leader follower consumer producer broker topic subscription offset checkpoint snapshot \
backup archive release version dependency requirement lockfile artifact wheel registry mirror \
image container volume cluster region zone deployment rollout rollback pipeline stage job task \
step trigger schedule report metric counter gauge histogram trace span log alert incident outage \
cause symptom fix patch review comment reviewer maintainer author owner customer user account \
invoice order payment refund discount price currency balance ledger transfer receipt shipment \
parcel address warehouse supplier catalogue product category label filter ranking score model \
feature vector matrix array slice view copy dimension dataset sample batch gradient \
weight threshold estimate forecast season measurement sensor device reading calibration firmware \
bridge adapter facade factory builder observer visitor strategy template protocol interface \
contract invariant precondition assertion fixture mock stub double scenario coverage mutation \
benchmark profile hotspot bottleneck allocation footprint latency throughput bandwidth capacity \
pressure spike burst backlog delay jitter clock timestamp interval calendar holiday timezone \
locale translation alphabet character string prefix suffix pattern match capture group delimiter \
separator newline paragraph heading document folder file path extension permission credential \
secret certificate signature digest cipher nonce challenge attacker victim boundary sandbox \
policy rule exemption audit history decision trade-off assumption argument example exercise \
candidate interviewer answer hint mistake habit instinct preference experience judgment \
explanation diagram sketch whiteboard notebook terminal editor keyboard shortcut plugin linter \
formatter debugger breakpoint profiler sampler tracer annotation hint stub overload generic \
wrapper subclass metaclass mixin base hook plugin setting flag switch option toggle variant";

const VERBS: &str = "\
return raise call create update change replace remove copy share release acquire reuse store \
load save parse compile execute evaluate resolve import export define declare inherit \
delegate decorate register discover inspect validate verify check assert measure profile \
sample trace record monitor observe notify publish consume produce handle process transform \
convert encode decode serialise compress encrypt sign authenticate authorise reject accept allow \
block delay schedule cancel resume suspend pause restart recover restore retry repeat iterate \
collect gather merge join append insert delete rename rotate archive migrate deploy launch \
configure enable disable toggle expose isolate separate divide combine compose assemble \
generate derive compute estimate count rank order filter group reduce collapse expand flatten \
balance distribute replicate partition allocate reserve exhaust reclaim free leak \
double triple increase decrease improve degrade optimise tune simplify refactor document \
explain describe illustrate mention ignore remember assume suspect confirm prove refute \
reveal conceal mask corrupt damage protect guard prevent cause trigger start finish complete \
deliver receive request answer question probe challenge support maintain own operate automate \
review approve merge revert bisect reproduce diagnose isolate cache memoise prefetch batch buffer \
stream paginate truncate normalise sanitise escape interpolate print display render paint \
align measure mutate shadow capture enclose nest chain stack unpack assign \
compare match index slice search locate visit traverse walk follow reach touch cross enter leave";

const ADJECTIVES: &str = "\
mutable immutable local global nested lazy eager shared private public static dynamic abstract \
concrete generic strict loose weak strong cyclic ordered sorted unsorted sparse dense bounded \
unbounded finite infinite empty missing optional required implicit explicit default custom atomic \
concurrent parallel sequential asynchronous synchronous blocking idle busy slow quick cold warm \
stale fresh expired valid invalid malformed corrupt partial complete consistent redundant \
duplicate unique distinct identical similar equal adjacent remote nearby central distributed \
replicated isolated coupled cohesive modular monolithic legacy modern obsolete deprecated stable \
unstable volatile durable temporary permanent persistent ephemeral stateless stateful portable \
native foreign external internal upstream downstream vertical horizontal linear quadratic \
logarithmic constant amortised average typical rare frequent occasional regular irregular random \
predictable deterministic reproducible flaky robust fragile brittle resilient tolerant sensitive \
verbose concise readable obscure clever naive careful careless honest plausible wrong correct \
exact approximate precise vague broad narrow deep shallow flat wide small large huge tiny modest \
excessive sufficient adequate minimal maximal initial final intermediate recent early late \
expensive cheap costly profitable useful useless harmful harmless dangerous safe secure insecure \
trusted untrusted anonymous authenticated encrypted compressed encoded raw plain binary textual \
numeric decimal floating signed unsigned positive negative neutral hidden visible obvious subtle \
surprising familiar unfamiliar ordinary special particular specific general universal";

const ADVERBS: &str = "\
often always never rarely usually sometimes directly quietly silently quickly slowly lazily \
eagerly twice once again later earlier immediately eventually gradually suddenly explicitly \
implicitly safely correctly wrongly partially completely entirely mostly hardly barely simply \
cheaply atomically concurrently sequentially locally globally remotely automatically manually \
deliberately accidentally consistently reliably randomly evenly loudly carefully honestly \
plainly early late first last upfront instead elsewhere everywhere nowhere together apart";

/// Technical terms, separated by `|`.
const TERMS: &str = "\
event loop|garbage collector|reference count|global interpreter lock|method resolution order|\
virtual environment|source distribution|lock file|type checker|type hint|context manager|\
coroutine|semaphore|mutex|free-threaded build|thread pool|process pool|bounded queue|\
descriptor protocol|bytecode cache|import system|namespace package|entry point|hash table|\
linked list|binary heap|bloom filter|ring buffer|B-tree|trie|skip list|write-ahead log|\
connection pool|prepared statement|foreign key|covering index|isolation level|read replica|\
message broker|dead-letter queue|circuit breaker|rate limiter|token bucket|feature flag|\
canary release|blue-green deployment|health check|service mesh|reverse proxy|load balancer|\
REST resource|gRPC stream|GraphQL resolver|WebSocket|webhook|CSRF token|JWT|OAuth flow|\
TLS handshake|DNS record|content hash|ETag|cache stampede|idempotency key|back-pressure|\
unit test|property-based test|snapshot test|integration test|regression test|smoke test|\
flame graph|sampling profiler|memory arena|copy-on-write fork|shared memory|memory-mapped file|\
NumPy array|pandas data frame|Arrow table|Parquet file|columnar store|star schema|ETL job|\
Django view|FastAPI router|Flask blueprint|SQLAlchemy session|ORM|WSGI server|ASGI lifespan|\
Celery task|Kafka topic|Redis stream|PostgreSQL trigger|SQLite journal|Docker layer|\
Kubernetes pod|systemd unit|cron entry|Unicode normalisation|UTF-8 decoder|regular expression|\
abstract syntax tree|constant folding|tail call|closure cell|weak reference|slots class|\
dataclass|enumeration|named tuple|protocol class|abstract base class|metaclass|async generator";

/// Code that stands in a sentence.
const CODE: &str = "\
functools.lru_cache functools.wraps functools.partial itertools.chain itertools.groupby \
collections.deque collections.Counter collections.defaultdict contextlib.contextmanager \
contextlib.ExitStack asyncio.gather asyncio.TaskGroup asyncio.timeout asyncio.Queue \
asyncio.to_thread threading.Lock threading.Event threading.local queue.Queue heapq.merge \
bisect.bisect_left weakref.WeakValueDictionary gc.collect() sys.getrefcount sys.intern sys.path \
sys.modules os.environ pathlib.Path json.loads json.dumps pickle.dumps struct.pack re.compile \
dataclasses.dataclass dataclasses.replace typing.Protocol typing.Self abc.abstractmethod \
enum.StrEnum inspect.signature dis.dis tracemalloc.start timeit.timeit cProfile logging.getLogger \
unittest.mock.patch pytest.fixture pytest.raises subprocess.run shutil.copytree tempfile.mkdtemp \
multiprocessing.Pool concurrent.futures operator.itemgetter zip(strict=True) __init__ __new__ \
__slots__ __call__ __enter__ __exit__ __getattr__ __set_name__ __hash__ __eq__ __iter__ __next__ \
__missing__ __class_getitem__ yield await nonlocal global lambda except* match walrus := *args \
**kwargs None NotImplemented StopIteration KeyError frozenset memoryview bytearray property \
classmethod staticmethod super() isinstance() sorted(key=len) reversed() enumerate() id() is";

const SYLLABLES: [&[&str]; 3] = [
    &[
        "Vel", "Mor", "Tan", "Kel", "Bri", "Os", "Hal", "Pra", "Ner", "Lun", "Cas", "Dor", "Fen",
        "Ald",
    ],
    &[
        "mo", "ri", "ta", "den", "vi", "lo", "ka", "ber", "sti", "nu",
    ],
    &["ra", "x", "ly", "metrics", "pay", "go", "form", "dex"],
];

/// The word forms that the patterns and the Python code draw from.
pub struct Words {
    pub nouns: Vec<&'static str>,
    pub verbs: Vec<&'static str>,
    pub adjectives: Vec<&'static str>,
    adverbs: Vec<&'static str>,
    terms: Vec<&'static str>,
    code: Vec<&'static str>,
}

/// The one vocabulary.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    nouns: split(NOUNS),
    verbs: split(VERBS),
    adjectives: split(ADJECTIVES),
    adverbs: split(ADVERBS),
    terms: TERMS.split('|').collect(),
    code: split(CODE),
});

/// A sentence of prose.
pub fn sentence(rng: &mut Rng) -> String {
    let pattern = rng.pick(SENTENCES);
    fill(pattern, rng)
}

/// Some sentences of prose.
pub fn paragraph(rng: &mut Rng, sentences: usize) -> String {
    (0..sentences)
        .map(|_| sentence(rng))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A point that an answer has or lacks.
pub fn point(rng: &mut Rng) -> String {
    let pattern = rng.pick(POINTS);
    fill(pattern, rng)
}

/// A title or a follow-up question.
pub fn question(rng: &mut Rng) -> String {
    let pattern = rng.pick(QUESTIONS);
    fill(pattern, rng)
}

/// A noun phrase of a few words, for headings, links and table cells.
pub fn phrase(rng: &mut Rng) -> String {
    let pattern = rng.pick(&["{J} {N}", "{T}", "{N} of a {T}", "{G} {P}", "{J} {P}"]);
    fill(pattern, rng)
}

/// Fills a pattern with random words; its first letter becomes a capital.
pub fn fill(pattern: &str, rng: &mut Rng) -> String {
    let words = &*WORDS;
    let mut text = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').expect("a closed slot");
        text.push_str(before);
        rest = after;
        let word = match slot {
            "N" => rng.skewed(&words.nouns).to_owned(),
            "P" => third_person(rng.skewed(&words.nouns)),
            "V" => rng.skewed(&words.verbs).to_owned(),
            "S" => third_person(rng.skewed(&words.verbs)),
            "D" => past(rng.skewed(&words.verbs)),
            "G" => gerund(rng.skewed(&words.verbs)),
            "J" => rng.skewed(&words.adjectives).to_owned(),
            "R" => rng.skewed(&words.adverbs).to_owned(),
            "T" => rng.skewed(&words.terms).to_owned(),
            "C" => format!("`{}`", rng.skewed(&words.code)),
            "W" => SYLLABLES.iter().map(|part| rng.pick(part)).collect(),
            "#" => rng.range(2, 400).to_string(),
            other => unreachable!("no word class {other}"),
        };
        let article = text.ends_with(" a ") || text.ends_with("A ");
        let vowel = word.starts_with(['a', 'e', 'i', 'o', 'A', 'O', 'E'])
            || (word.starts_with("un") && !word.starts_with("uni"));
        if article && vowel {
            text.insert(text.len() - 1, 'n');
        }
        text.push_str(&word);
    }
    text.push_str(rest);
    capital(&text)
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn split(words: &'static str) -> Vec<&'static str> {
    words.split_whitespace().collect()
}

/// The form with -s: plural of a noun, third person of a verb.
fn third_person(word: &str) -> String {
    match consonant_y(word) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "sh", "ch", "z"]
            .iter()
            .any(|end| word.ends_with(end)) =>
        {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}

fn past(verb: &str) -> String {
    match (consonant_y(verb), verb.ends_with('e')) {
        (Some(stem), _) => format!("{stem}ied"),
        (None, true) => format!("{verb}d"),
        (None, false) => format!("{verb}ed"),
    }
}

fn gerund(verb: &str) -> String {
    match verb.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{verb}ing"),
    }
}

/// The stem of a word that ends with a consonant and y.
fn consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    (!stem.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(stem)
}
