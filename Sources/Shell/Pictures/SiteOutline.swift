import Blueprint

/// The site with a line for each host, for a screen that has no room for a drawing. The tiers are in the
/// order of requests.
struct SiteOutline {
  private let map: SiteMap
  private let head: OutlineRow
  private let width: Int

  init(_ map: SiteMap, address: String, rules: [String], width: Int) {
    self.map = map
    self.width = width
    head = OutlineRow(
      name: Line("  users"), pieces: [Line(address), Line(rules.joined(separator: "; "), .faint)])
  }

  var lines: [Line] {
    let rows = map.tiers.enumerated().flatMap { depth, tier in
      tier.rows(of: 1).joined().map { OutlineRow($0, depth: depth, isReached: tier.job != .withoutRequests) }
    }
    let column = min(rows.reduce(0) { max($0, $1.name.text.count) } + 3, width / 2)
    let sources = map.replication.reduce(into: [String]()) {
      if !$0.contains($1.source) { $0.append($1.source) }
    }
    let headColumn = min(head.name.text.count + 3, width / 2)
    return head.lines(from: headColumn, to: width) + rows.flatMap { $0.lines(from: column, to: width) }
      + sources.flatMap { source in SiteDrawing.sentences(map.replication.filter { $0.source == source }) }
  }

  /// The users with the site's address and rules, or one or more similar hosts with their link and state.
  private struct OutlineRow {
    let name: Line
    let pieces: [Line]

    init(name: Line, pieces: [Line]) {
      self.name = name
      self.pieces = pieces
    }

    init(_ box: SiteMap.Box, depth: Int, isReached: Bool) {
      let text = BoxText(box)
      var name = Line(String(repeating: " ", count: 2 + 2 * depth))
      if isReached { name = name + OutlineRow.sign(of: box.link) + Line(" ") }
      if let requests = box.requests { name = name + Line("\(requests) ") }
      self.name = name + (text.head.first ?? Line())
      pieces = text.head.dropFirst() + text.parts
    }

    private static func sign(of link: SiteMap.LinkState) -> Line {
      switch link {
      case .open: Line("│", .faint)
      case .unused: Line("┊", .faint)
      case .cut: Line(Sign.broken.rawValue, .failed)
      }
    }

    /// Returns the row as one or more lines. Everything except the name begins at `column`.
    func lines(from column: Int, to width: Int) -> [Line] {
      let name = name.cut(to: column - 1)
      let margin = Line(String(repeating: " ", count: column))
      var lines: [Line] = []
      var line = name + Line(String(repeating: " ", count: column - name.text.count))
      var isFirst = true
      for piece in pieces {
        let piece = piece.cut(to: width - column)
        if !isFirst, line.text.count + 3 + piece.text.count > width {
          lines.append(line)
          line = margin
          isFirst = true
        }
        line = line + Line(isFirst ? "" : "   ") + piece
        isFirst = false
      }
      return lines + [line]
    }
  }
}
