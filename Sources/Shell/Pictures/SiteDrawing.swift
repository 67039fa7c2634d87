import Blueprint

/// Draws a site with signs and strokes: the users at the top, then the tiers in the order of requests.
struct SiteDrawing {
  private let map: SiteMap
  private let width: Int
  private var canvas: Canvas
  private var tiers: [TierLayout] = []
  private var center = 0
  /// The columns of the lines that lead down from the last tier to row `y`.
  private var ends: [Int] = []
  private var y = 0
  /// Remarks for which there was no room beside their subject.
  private(set) var remarks: [Line] = []

  init(_ map: SiteMap, address: String, rules: [String], width: Int) {
    self.map = map
    self.width = width
    canvas = Canvas(width: width)
    tiers = map.tiers.map { TierLayout($0, width: width - 4) }
    let widest = tiers.reduce(1) { max($0, $1.rowWidth + ($1.hasTrunks ? 8 : 0)) }
    center = max(2, min(8, width - widest - 2)) + (widest - 1) / 2
    drawUsers(address)
    for i in tiers.indices { draw(tierAt: i, rules) }
  }

  var lines: [Line] { canvas.lines + remarks }

  // MARK: Users

  private mutating func drawUsers(_ address: String) {
    canvas.write("users", x: center - 2, y: 0)
    canvas.write("│", x: center, y: 1, .faint)
    if center + 4 + address.count <= width {
      canvas.write(address, x: center + 4, y: 1)
    } else {
      remarks.append(Line("  \(address)"))
    }
    ends = [center]
    y = 2
  }

  // MARK: Tiers

  private mutating func draw(tierAt i: Int, _ rules: [String]) {
    let tier = tiers[i]
    let isReached = startsLinks(to: tier, at: i)
    if !isReached { ends = [] }
    let next = i + 1 < tiers.count ? tiers[i + 1] : nil
    let hasLinksBelow = next.map { $0.job != .withoutRequests && !tier.sources(of: $0.job).isEmpty } ?? false
    let top = y
    var out: [Int] = []
    for (r, row) in tier.rows.enumerated() {
      let xs = positions(of: row, in: tier)
      if isReached { drawLinks(to: row, at: xs, in: tier, row: r, top: top) } else { y += 1 }
      let bottom = drawBoxes(row, at: xs, in: tier)
      if tier.job == .balancing, r + 1 == tier.rows.count {
        drawRules(rules, beside: xs, in: tier, bottom: bottom)
      }
      drawReplication(in: row, at: xs, tier, bottom: bottom, isFree: !hasLinksBelow && tier.rows.count == 1)
      y = max(y, bottom + 1)
      if hasLinksBelow { drawLinks(from: row, at: xs, in: tier, to: next?.job, bottom: bottom, &out) }
      if r + 1 < tier.rows.count, hasLinksBelow { y += 1 }
    }
    if hasLinksBelow, tier.hasTrunks { closeTrunk(in: tier, &out) }
    ends = hasLinksBelow ? out : []
  }

  private func startsLinks(to tier: TierLayout, at i: Int) -> Bool {
    tier.job != .withoutRequests && (i == 0 || !ends.isEmpty)
  }

  private func positions(of row: [SiteMap.Box], in tier: TierLayout) -> [Int] {
    let width = row.count * tier.boxWidth + (row.count - 1) * tier.gap
    let left = tier.hasTrunks ? center - (tier.rowWidth - 1) / 2 : center - (width - 1) / 2
    return row.indices.map { left + $0 * (tier.boxWidth + tier.gap) }
  }

  // MARK: Lines

  /// Draws the horizontal line that distributes requests over a row, and a line down to each box of the row.
  private mutating func drawLinks(
    to row: [SiteMap.Box], at xs: [Int], in tier: TierLayout, row r: Int, top: Int
  ) {
    let middles = xs.map { $0 + tier.boxWidth / 2 }
    let trunk = center - (tier.rowWidth - 1) / 2 - 3
    let joined = middles + (r == 0 ? ends : []) + (tier.hasTrunks ? [trunk] : [])
    let (first, last) = (joined.min() ?? 0, joined.max() ?? 0)
    // A straight line down needs no row of its own if another row already shows it.
    let spreads = first < last || !(tier.hasLabels || y == 2)
    canvas.horizontal(y: y, from: first, to: last)
    if r > 0 { canvas.vertical(x: trunk, from: top, to: y) }
    if first < last, r == 0 { for x in ends { canvas.vertical(x: x, from: y - 1, to: y) } }
    let label = y + (spreads ? 1 : 0)
    let border = label + (tier.hasLabels ? 1 : 0)
    for (box, x) in zip(row, middles) {
      canvas.vertical(x: x, from: first < last ? y : y - 1, to: border)
      if tier.hasLabels { drawLabel(of: box, x: x, y: label, room: tier.boxWidth / 2 + tier.gap / 2) }
    }
    y = border
  }

  private mutating func drawLabel(of box: SiteMap.Box, x: Int, y: Int, room: Int) {
    switch box.link {
    case .open: break
    case .unused: canvas.write("┊", x: x, y: y, .faint)
    case .cut: canvas.write(Sign.broken.rawValue, x: x, y: y, .failed)
    }
    let requests = box.requests.flatMap { $0 == 0 && box.link != .open ? nil : "\($0)" }
    let words = (box.link == .cut ? ["cut"] : []) + [box.address, requests].compactMap { $0 }
    let text = Line(words.joined(separator: " "), box.link == .cut ? .failed : .plain)
    canvas.write(text.cut(to: room), x: x + 2, y: y)
  }

  /// Draws the lines from a row down to the next tier.
  private mutating func drawLinks(
    from row: [SiteMap.Box], at xs: [Int], in tier: TierLayout, to job: SiteMap.TierJob?, bottom: Int,
    _ out: inout [Int]
  ) {
    let clients = zip(row, xs).filter { tier.hasQueries($0.0, job) }.map { $0.1 + tier.boxWidth / 2 }
    for x in clients { canvas.vertical(x: x, from: bottom, to: y) }
    guard tier.hasTrunks else {
      out += clients
      return
    }
    guard let first = clients.first else { return }
    let trunk = center + (tier.rowWidth - 1) / 2 + 3
    canvas.horizontal(y: y, from: first, to: trunk)
    out.append(y)
  }

  /// Joins the lines from all rows in one line at the right.
  private mutating func closeTrunk(in tier: TierLayout, _ out: inout [Int]) {
    let trunk = center + (tier.rowWidth - 1) / 2 + 3
    canvas.vertical(x: trunk, from: out.min() ?? y, to: y)
    out = [trunk]
  }

  // MARK: Boxes

  /// Draws the boxes. Returns the row number of their lower borders.
  private mutating func drawBoxes(_ row: [SiteMap.Box], at xs: [Int], in tier: TierLayout) -> Int {
    let height = tier.height(of: row)
    for (box, x) in zip(row, xs) {
      canvas.box(x: x, y: y, width: tier.boxWidth, height: height + 2)
      for (i, line) in BoxText(box).lines(height).enumerated() {
        canvas.write(line.cut(to: tier.boxWidth - 4), x: x + 2, y: y + 1 + i)
      }
    }
    return y + height + 1
  }

  /// Draws the rules of the balancers beside the boxes. If there is no room, adds the rules to the remarks.
  private mutating func drawRules(_ rules: [String], beside xs: [Int], in tier: TierLayout, bottom: Int) {
    let x = (xs.last ?? 0) + tier.boxWidth + 3
    let height = bottom - y - 1
    guard !tier.hasTrunks, rules.count <= height, rules.allSatisfy({ x + $0.count <= width }) else {
      remarks.append(Line("  \(rules.joined(separator: "; "))"))
      return
    }
    for (i, rule) in rules.enumerated() { canvas.write(rule, x: x, y: y + 1 + i, .faint) }
  }

  // MARK: Replication

  /// Draws replication beside the boxes for two neighbours, and below the boxes for more nodes. If there is
  /// no room, adds a remark.
  private mutating func drawReplication(
    in row: [SiteMap.Box], at xs: [Int], _ tier: TierLayout, bottom: Int, isFree: Bool
  ) {
    guard !map.replication.isEmpty else { return }
    var positionsByName: [String: Int] = [:]
    for (i, box) in row.enumerated() { for name in [box.name] + box.others { positionsByName[name] = i } }
    for (i, box) in row.enumerated() {
      let arrows = map.replication.filter { $0.source == box.name }
      guard !arrows.isEmpty else { continue }
      let targets = arrows.map { positionsByName[$0.target] }
      let positions = targets.compactMap { $0 }.unique
      if positions.count == 1, abs(positions[0] - i) == 1, !targets.contains(nil),
        arrows[0].label.count + 2 <= tier.gap
      {
        drawArrow(arrows[0], from: xs[i], to: xs[positions[0]], tier, y: bottom - 1)
      } else if isFree, !targets.contains(nil), !positions.contains(i) {
        let ends = positions.map { position in
          (
            x: xs[position] + tier.boxWidth / 2,
            arrow: arrows.first { positionsByName[$0.target] == position } ?? arrows[0]
          )
        }
        drawArrows(from: xs[i] + tier.boxWidth / 2, to: ends, bottom: bottom)
      } else {
        remarks += SiteDrawing.sentences(arrows)
      }
    }
  }

  private mutating func drawArrow(
    _ arrow: SiteMap.Arrow, from source: Int, to target: Int, _ tier: TierLayout, y: Int
  ) {
    let isRight = target > source
    let start = isRight ? source + tier.boxWidth - 1 : source
    let end = isRight ? target - 1 : target + tier.boxWidth
    canvas.horizontal(y: y, from: min(start, end), to: max(start, end))
    canvas.write(isRight ? "▶" : "◀", x: end, y: y)
    let middle = (start + end) / 2
    if !arrow.isConnected { canvas.write(Sign.broken.rawValue, x: middle, y: y, .failed) }
    canvas.write(arrow.label, x: middle - (arrow.label.count - 1) / 2, y: y + 1, arrow.look)
  }

  private mutating func drawArrows(
    from source: Int, to ends: [(x: Int, arrow: SiteMap.Arrow)], bottom: Int
  ) {
    let xs = [source] + ends.map { $0.x }
    canvas.vertical(x: source, from: bottom, to: bottom + 2)
    canvas.horizontal(y: bottom + 2, from: xs.min() ?? 0, to: xs.max() ?? 0)
    for end in ends {
      canvas.vertical(x: end.x, from: bottom + 1, to: bottom + 2)
      canvas.write(
        end.arrow.isConnected ? "▲" : Sign.broken.rawValue, x: end.x, y: bottom + 1, end.arrow.look)
      canvas.write(end.arrow.label, x: end.x + 2, y: bottom + 1, end.arrow.look)
    }
    y = bottom + 3
  }

  static func sentences(_ arrows: [SiteMap.Arrow]) -> [Line] {
    let connected = arrows.filter { $0.isConnected }
    let disconnected = arrows.filter { !$0.isConnected }
    var lines: [Line] = []
    if let first = connected.first {
      lines.append(
        Line("  \(first.source) ▶ \(Sentences.listed(connected.map { $0.target })), \(first.lag) behind"))
    }
    if let first = disconnected.first {
      lines.append(
        Line(
          "  \(first.source) ✗ \(Sentences.listed(disconnected.map { $0.target })): no word from it", .failed)
      )
    }
    return lines
  }
}

extension SiteMap.Arrow {
  var label: String { isConnected ? lag : "stopped" }
  var look: Line.Look { isConnected ? .plain : .failed }
}

extension TierLayout {
  /// Whether the box sends requests to hosts with this job.
  fileprivate func hasQueries(_ box: SiteMap.Box, _ job: SiteMap.TierJob?) -> Bool {
    job == .databases ? box.queriesDatabases : true
  }

  fileprivate func sources(of job: SiteMap.TierJob) -> [SiteMap.Box] {
    rows.joined().filter { hasQueries($0, job) }
  }
}
