import Foundation
import PackagePlugin

/// Gives the program the files under `Lessons/` as Swift literals, so that it needs none beside it.
///
/// The folder is read at every build: a new file is picked up without a word anywhere else.
@main
struct EmbedLessons: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Lessons/Designs")
    let designs = try files(in: folder, endingIn: "tripod")
    let output = context.pluginWorkDirectoryURL.appending(path: "Designs.swift")
    return [
      .buildCommand(
        displayName: "Embedding the designs",
        executable: try context.tool(named: "embed").url,
        arguments: [output.path, "designs"] + designs.map(\.path),
        inputFiles: designs, outputFiles: [output])
    ]
  }

  private func files(in folder: URL, endingIn ending: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == ending && !$0.lastPathComponent.hasPrefix(".") }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
