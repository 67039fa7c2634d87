// swift-tools-version: 6.0
import PackageDescription

// The tests send millions of requests and spoil every lesson in every way, so what they try is optimised for them too,
// with every check.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "tripod",
  products: [
    .executable(name: "tripod", targets: ["tripod"]),
    .library(name: "Tripod", targets: ["Blueprint", "Simulator", "Inspector", "Facts", "Course", "Shell"]),
  ],
  targets: [
    // Each module imports only modules above it.
    .target(name: "Blueprint"),
    .target(
      name: "Simulator", dependencies: ["Blueprint"],
      // What the tests have checked at every access, the release need not pay for again.
      swiftSettings: optimised + [.unsafeFlags(["-Ounchecked"], .when(configuration: .release))]),
    .target(
      name: "Inspector", dependencies: ["Blueprint", "Simulator"], swiftSettings: optimised),
    .target(
      name: "Facts", dependencies: ["Blueprint", "Simulator", "Inspector"], swiftSettings: optimised),
    .target(
      name: "Course", dependencies: ["Blueprint", "Simulator", "Inspector", "Facts"],
      swiftSettings: optimised),
    .target(
      name: "Shell", dependencies: ["Blueprint", "Simulator", "Inspector", "Facts", "Course"],
      swiftSettings: optimised),
    // libedit's calls that Swift cannot make; behind it, what it needs where it is linked in.
    .target(
      name: "CLibedit",
      linkerSettings: [
        .linkedLibrary("edit"), .linkedLibrary("tinfo"),
        .linkedLibrary("bsd", .when(configuration: .release)),
        .linkedLibrary("md", .when(configuration: .release)),
      ]),
    // How the C library deals with memory, which Swift cannot tell it.
    .target(name: "CMemory"),
    .executableTarget(
      name: "tripod",
      dependencies: ["Blueprint", "Inspector", "Facts", "Course", "Shell", "CLibedit", "CMemory"],
      // The program that is shipped is one file, which brings along all that it needs. The system loads it at an address
      // that nobody can guess, and nothing that was linked can be changed once it runs.
      // Other linkers than this one warn of what the language's runtime could load.
      swiftSettings: [.unsafeFlags(["-static-executable"], .when(configuration: .release))],
      linkerSettings: [
        .unsafeFlags(
          [
            "-static-executable", "-Xclang-linker", "-static-pie",
            "-use-ld=lld", "-Xclang-linker", "--ld-path=\(Context.packageDirectory)/.ci/ld",
            "-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now",
          ], .when(configuration: .release))
      ],
      plugins: ["EmbedLessons"]),

    // What the model costs, against the same one in C; the C is for this comparison alone.
    .target(name: "CReference", linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      // The program is not linked into it, but built with it, and started.
      name: "tripod-bench",
      dependencies: ["Blueprint", "Simulator", "Inspector", "Shell", "CMemory", "CReference", "tripod"],
      // As the program that is shipped.
      swiftSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))],
      linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

    // Turn the files under Lessons/ into literals of the program.
    .executableTarget(name: "embed"),
    // Its folder is the whole package, so that a new file under Lessons/ is noticed by the next build.
    .plugin(
      name: "EmbedLessons", capability: .buildTool, dependencies: ["embed"], path: ".",
      sources: ["Sources/EmbedLessons"]),

    .testTarget(name: "FactsTests", dependencies: ["Facts"]),
    .testTarget(name: "SimulatorTests", dependencies: ["Simulator"]),
    .testTarget(name: "CourseTests", dependencies: ["Inspector", "Facts", "Course", "Shell"]),
    .testTarget(
      name: "ShellTests", dependencies: ["Inspector", "Facts", "Course", "Shell"],
      exclude: [
        "Cases", "Transcripts", "Pictures/Golden", "RealSite/rows.jsonl", "Failing/designs.table",
      ]),
    .testTarget(
      name: "TripodTests", dependencies: ["Inspector", "Course", "tripod"], exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)

// The compiler would have types looked up by their names when they are first met, which is a third of a short run;
// this way they are asked for as it knows them.
let direct = ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"]

// Files are named in a release as they are in the package, wherever it was built.
let here = Context.packageDirectory
let nameless = [
  "-file-prefix-map", "\(here)=.", "-file-compilation-dir", ".",
  "-Xfrontend", "-no-clang-module-breadcrumbs", "-Xfrontend", "-no-serialize-debugging-options",
]
let namelessInC = ["-ffile-prefix-map=\(here)=.", "-ffile-compilation-dir=."]

for target in package.targets where target.type == .regular || target.type == .executable {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [.unsafeFlags(direct + nameless, .when(configuration: .release))]
  target.cSettings =
    (target.cSettings ?? []) + [.unsafeFlags(namelessInC, .when(configuration: .release))]
}
