// swift-tools-version: 6.0
import PackageDescription

// The tests send millions of requests and put every kind of mistake into every lesson. So these modules are
// optimised for the tests too, but keep all run-time checks.
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
      // The release has no run-time checks here, because the tests run the same code with them.
      // Optimised as a whole, because the programs and the state that they use are in different files.
      swiftSettings: optimised + [
        .unsafeFlags(
          ["-disable-batch-mode", "-whole-module-optimization", "-num-threads", "2"],
          .when(configuration: .debug)),
        .unsafeFlags(["-Ounchecked"], .when(configuration: .release)),
      ]),
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
    // The calls of libedit that Swift cannot make, and the libraries that libedit needs in a static release.
    .target(
      name: "CLibedit",
      linkerSettings: [
        .linkedLibrary("edit"), .linkedLibrary("tinfo"),
        .linkedLibrary("bsd", .when(configuration: .release)),
        .linkedLibrary("md", .when(configuration: .release)),
      ]),
    // A setting of the C library's memory that Swift cannot change.
    .target(name: "CMemory"),
    .executableTarget(
      name: "tripod",
      dependencies: ["Blueprint", "Inspector", "Facts", "Course", "Shell", "CLibedit", "CMemory"],
      // The release is one file that needs no libraries. The system loads it at a random address, and its
      // linked addresses are read-only while it runs. lld links it: other linkers warn about Swift's runtime.
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

    // The model of the benchmark in C, only for the comparison.
    .target(name: "CReference", linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      // `tripod` is a dependency, because the benchmark starts it.
      name: "tripod-bench",
      dependencies: ["Blueprint", "Simulator", "Inspector", "Shell", "CMemory", "CReference", "tripod"],
      // Linked like the release.
      swiftSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))],
      linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

    // Turns the files under Lessons/ into Swift literals.
    .executableTarget(name: "embed"),
    // The path is the whole package, so that the next build notices a new file under Lessons/.
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

// Makes the compiler refer to types directly. A look-up by name would take a third of a short run.
let direct = ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"]

// Makes a release contain paths relative to the package, not those of the computer that built it.
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
