import Blueprint
import Inspector
import Simulator

/// The command that draws pictures for other programs.
enum ExportCommand {
  static let table: [Command] = [
    Command(
      "export", .look, sees: .inside,
      [
        .value("KIND", .choice(PictureFormat.allCases.map { $0.rawValue })),
        .optional([.value("FILE", .file), .optional([.word("force")])]),
      ],
      "Draw the site for elsewhere: as SVG, for Graphviz or for Mermaid; or the last run in time, as SVG.",
      example: "export dot",
      notes: [
        "svg": "the site as a picture for a page", "dot": "the site for Graphviz",
        "mermaid": "the site for Mermaid", "timeline": "the last run in time, as SVG",
        "KIND": "svg, dot, mermaid or timeline", "FILE": "where to write it; on the screen unless said",
        "force": OwnFile.forceNote,
      ],
      handler: .either(
        { tutor, words throws(Complaint) in
          guard words.text("FILE") == nil else { throw .outOfReach("export FILE") }
          return try export(tutor.scene, words.picture)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          guard let path = words.text("FILE") else { return try export(tutor.scene, words.picture) }
          return try export(tutor.scene, words.picture, to: path, words.replacing, access)
        }))
  ]
}

extension Arguments {
  fileprivate var picture: PictureFormat { text("KIND").flatMap { PictureFormat(rawValue: $0) } ?? .svg }
}

extension ExportCommand {
  /// Returns the drawing as the answer.
  private static func export(_ scene: Scene, _ picture: PictureFormat) throws(Complaint) -> Answer {
    let lines = try text(of: picture, scene)
    var answer = Answer(lines.map { Line($0) })
    answer.members = [JSON.Member(.text, .string(lines.joined(separator: "\n") + "\n"))]
    answer.isVerbatim = true
    return answer
  }

  /// Writes the drawing to a file.
  private static func export(
    _ scene: Scene, _ picture: PictureFormat, to path: String, _ replacing: ReplacePolicy,
    _ access: FileAccess
  ) throws(Complaint) -> Answer {
    let lines = try text(of: picture, scene)
    try access.write(OwnFile.picture(lines, picture), to: path, replacing, as: "export \(picture.rawValue)")
    return Answer(
      [Line("\(picture.rawValue) is in \(Sentences.clean(path, most: 400)).")],
      [JSON.Member(.file, .string(path)), JSON.Member(.lines, .integer(lines.count))])
  }

  private static func text(of picture: PictureFormat, _ scene: Scene) throws(Complaint) -> [String] {
    let title = "\(Topology.siteName): \(scene.design)"
    let drawn = scene.picture
    switch picture {
    case .svg:
      return SiteSVG(drawn.map, address: drawn.address, remarks: drawn.remarks)
        .document(title: title, description: scene.sentences.joined(separator: " "))
    case .dot: return Graph(drawn.map, title: title).dot
    case .mermaid: return Graph(drawn.map, title: title).mermaid
    case .timeline:
      guard let run = scene.lastRun, let strip = run.traffic.strip else {
        throw .noRequest("no request has been sent")
      }
      let time = TimeStrip(strip, events: run.events, cells: Traffic.Strip.most)
      let heading = "\(title), \(run.traffic.verdict)"
      return TimelineSVG(time, heading: heading)
        .document(
          title: heading,
          description: (["\(run.traffic.verdict)."]
            + run.events.map { "\($0.time.clock): \($0.sentence)." }).joined(separator: " "))
    }
  }
}
