import Blueprint
import Inspector
import Simulator

extension Command {
  static let exporting: [Command] = [
    Command(
      "export", .look, sees: .inside,
      [.value("KIND", .choice(Picture.allCases.map { $0.rawValue })), .optional([.value("FILE", .file)])],
      "Draw the site for elsewhere: as SVG, for Graphviz or for Mermaid; or the last run in time, as SVG.",
      example: "export dot",
      notes: [
        "svg": "the site as a picture for a page", "dot": "the site for Graphviz",
        "mermaid": "the site for Mermaid", "timeline": "the last run in time, as SVG",
        "KIND": "svg, dot, mermaid or timeline", "FILE": "where to write it; on the screen unless said",
      ]
    ) { session, words throws(Complaint) in
      let picture = words.text("KIND").flatMap { Picture(rawValue: $0) } ?? .svg
      return try session.export(picture, to: words.text("FILE"))
    }
  ]
}

/// What can be drawn for elsewhere.
enum Picture: String, CaseIterable {
  case svg, dot, mermaid, timeline
}

extension Session {
  /// Into the file, or, without one, as the answer.
  fileprivate func export(_ picture: Picture, to path: String?) throws(Complaint) -> Answer {
    let lines = try text(of: picture)
    guard let path else {
      var answer = Answer(lines.map { Line($0) })
      answer.members = [JSON.Member("text", .string(lines.joined(separator: "\n") + "\n"))]
      answer.isVerbatim = true
      return answer
    }
    if let reason = world.write(path, lines.joined(separator: "\n") + "\n") {
      throw .file(path, reason: reason)
    }
    return Answer(
      [Line("\(picture.rawValue) is in \(Sentences.clean(path)).")],
      [JSON.Member("file", .string(path)), JSON.Member("lines", .integer(lines.count))])
  }

  private func text(of picture: Picture) throws(Complaint) -> [String] {
    let title = "\(Topology.siteName): \(scene.design)"
    switch picture {
    case .svg:
      return SiteSVG(scene.map, address: scene.address, remarks: scene.remarks)
        .document(title: title, description: scene.sentences.joined(separator: " "))
    case .dot: return Graph(scene.map, title: title).dot
    case .mermaid: return Graph(scene.map, title: title).mermaid
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
