import Blueprint
import Inspector
import Simulator

/// The command that exports pictures for other programs.
enum ExportCommand {
  static let table: [Command] = [
    Command(
      "export", .look, reveals: .inside,
      [
        .value("KIND", .choice(PictureFormat.allCases.map { $0.rawValue })),
        .optional([.value("FILE", .file), .optional([.word("force")])]),
      ],
      "Export a picture of the site (SVG, Graphviz or Mermaid), or the last run over time (SVG).",
      example: "export dot",
      notes: [
        "svg": "the site as an SVG picture", "dot": "the site for Graphviz",
        "mermaid": "the site for Mermaid", "timeline": "the last run over time, as SVG",
        "KIND": "svg, dot, mermaid or timeline", "FILE": "the file to write (default: the screen)",
        "force": GeneratedFile.forceNote,
      ],
      handler: .either(
        { tutor, words throws(Complaint) in
          guard words.text("FILE") == nil else { throw .outOfReach("export FILE") }
          return try export(tutor.loadedSite, words.picture)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          guard let path = words.text("FILE") else { return try export(tutor.loadedSite, words.picture) }
          return try export(tutor.loadedSite, words.picture, to: path, words.replacing, access)
        }))
  ]
}

extension Arguments {
  fileprivate var picture: PictureFormat { text("KIND").flatMap { PictureFormat(rawValue: $0) } ?? .svg }
}

extension ExportCommand {
  /// Returns the picture as the command's output.
  private static func export(_ loadedSite: LoadedSite, _ picture: PictureFormat) throws(Complaint)
    -> CommandResponse
  {
    let lines = try text(of: picture, loadedSite)
    var answer = CommandResponse(lines.map { Line($0) })
    answer.members = [JSON.Member(.text, .string(lines.joined(separator: "\n") + "\n"))]
    answer.isVerbatim = true
    return answer
  }

  /// Writes the picture to a file.
  private static func export(
    _ loadedSite: LoadedSite, _ picture: PictureFormat, to path: String, _ replacing: ReplacePolicy,
    _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    let lines = try text(of: picture, loadedSite)
    try access.write(
      GeneratedFile.picture(lines, picture), to: path, replacing, as: "export \(picture.rawValue)")
    return CommandResponse(
      [Line("Wrote \(picture.rawValue) to \(Sentences.clean(path, most: 400)).")],
      [JSON.Member(.file, .string(path)), JSON.Member(.lines, .integer(lines.count))])
  }

  private static func text(of picture: PictureFormat, _ loadedSite: LoadedSite) throws(Complaint) -> [String]
  {
    let title = "\(Topology.siteName): \(loadedSite.design)"
    let sitePicture = loadedSite.picture
    switch picture {
    case .svg:
      return SiteSVG(sitePicture.map, address: sitePicture.address, remarks: sitePicture.remarks)
        .document(title: title, description: loadedSite.sentences.joined(separator: " "))
    case .dot: return Graph(sitePicture.map, title: title).dot
    case .mermaid: return Graph(sitePicture.map, title: title).mermaid
    case .timeline:
      guard let run = loadedSite.lastRun, let strip = run.traffic.strip else {
        throw .noRequest("no request has been sent")
      }
      let time = TimeStrip(strip, events: run.events, cells: Traffic.Strip.bucketLimit)
      let heading = "\(title), \(run.traffic.verdict)"
      return TimelineSVG(time, heading: heading)
        .document(
          title: heading,
          description: (["\(run.traffic.verdict)."]
            + run.events.map { "\($0.time.clock): \($0.sentence)." }).joined(separator: " "))
    }
  }
}
