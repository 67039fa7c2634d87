// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "tripod",
  products: [
    .executable(name: "tripod", targets: ["tripod"]),
    .library(name: "Tripod", targets: ["Blueprint", "Simulator", "Shell"]),
  ],
  targets: [
    // Each module imports only modules above it.
    .target(name: "Blueprint"),
    .target(
      name: "Simulator", dependencies: ["Blueprint"],
      // What a debug build checks at every access, a million requests need not pay for again.
      swiftSettings: [.unsafeFlags(["-Ounchecked"], .when(configuration: .release))]),
    .target(name: "Shell", dependencies: ["Blueprint", "Simulator"]),
    .executableTarget(
      name: "tripod", dependencies: ["Shell"],
      // The program that is shipped is one file: it brings the language's runtime along.
      swiftSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))],
      linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))],
      plugins: ["EmbedLessons"]),

    // What the model costs, against the same one in C; the C is for this comparison alone.
    .target(name: "CReference", linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      // The program is not linked into it, but built with it, and started.
      name: "tripod-bench", dependencies: ["Blueprint", "Simulator", "Shell", "CReference", "tripod"],
      // As the program that is shipped.
      swiftSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))],
      linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

    // Turn the files under Lessons/ into literals of the program.
    .executableTarget(name: "embed"),
    // Its folder is the whole package, so that a new file under Lessons/ is noticed by the next build.
    .plugin(
      name: "EmbedLessons", capability: .buildTool, dependencies: ["embed"], path: ".",
      sources: ["Sources/EmbedLessons"]),

    .testTarget(name: "SimulatorTests", dependencies: ["Simulator"]),
    .testTarget(
      name: "ShellTests", dependencies: ["Shell"],
      exclude: ["Cases", "Transcripts", "RealSite/rows.jsonl", "Failing/designs.table"]),
    .testTarget(name: "TripodTests", dependencies: ["tripod"]),
  ],
  swiftLanguageModes: [.v6]
)
