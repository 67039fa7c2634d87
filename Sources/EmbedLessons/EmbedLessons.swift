import Foundation
import PackagePlugin

/// Turns the files under `Lessons/` into Swift literals, so that the program does not need these files when
/// it runs.
///
/// The folder is read at every build, so a new file needs no entry anywhere else.
@main
struct EmbedLessons: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Lessons")
    let designs = try files(in: folder.appending(path: "Designs"), endingIn: "tripod")
    // The page for authors is in the same folder, but is not a lesson.
    let lessons = try files(in: folder, endingIn: "md").filter { $0.lastPathComponent != "README.md" }
    return [
      try command(embedding: designs, as: "designs", context),
      try command(embedding: lessons, as: "lessons", context),
    ]
  }

  private func command(embedding files: [URL], as name: String, _ context: PluginContext) throws -> Command {
    let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
    return .buildCommand(
      displayName: "Embedding the \(name)", executable: try context.tool(named: "embed").url,
      arguments: [output.path, name] + files.map(\.path), inputFiles: files, outputFiles: [output])
  }

  private func files(in folder: URL, endingIn ending: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == ending && !$0.lastPathComponent.hasPrefix(".") }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
