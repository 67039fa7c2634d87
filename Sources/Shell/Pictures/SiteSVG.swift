import Blueprint

/// Draws a site as SVG in a layout of its own: each tier is one row, as wide as necessary.
struct SiteSVG {
  private let map: SiteMap
  private var svg = SVG()
  private let tiers: [TierLayout]
  private let center: Int
  private var width: Int
  private var y = 0
  private var ends: [Int] = []
  private var remarks: [Line] = []

  private static let margin = 40
  private static let gap = 56
  private static let padding = 14
  /// The most boxes of a tier that are drawn before similar ones are combined.
  private static let perRow = 6

  init(_ map: SiteMap, address: String, remarks: [Line]) {
    self.map = map
    tiers = map.tiers.map { tier in
      TierLayout(
        SiteMap.Tier(job: tier.job, boxes: Array(tier.rows(of: SiteSVG.perRow).joined())), width: 4_000)
    }
    let widest = tiers.reduce(0) { max($0, SiteSVG.rowWidth($1)) }
    width = max(widest, 560) + 2 * SiteSVG.margin
    center = width / 2
    drawUsers(address)
    for i in tiers.indices { draw(tiers[i], next: i + 1 < tiers.count ? tiers[i + 1] : nil) }
    drawRemarks(self.remarks + remarks)
  }

  func document(title: String, description: String) -> [String] {
    svg.document(title: title, description: description, width: width, height: y + SiteSVG.margin / 2)
  }

  private static func boxWidth(_ tier: TierLayout) -> Int {
    let letters = tier.rows.joined().reduce(0) { max($0, BoxText($1).width) }
    return letters * SVG.letterWidth + 2 * padding
  }

  private static func rowWidth(_ tier: TierLayout) -> Int {
    let count = tier.rows.reduce(0) { $0 + $1.count }
    return count * boxWidth(tier) + (count - 1) * gap
  }

  // MARK: Rows

  private mutating func drawUsers(_ address: String) {
    y = SiteSVG.margin
    svg.text(Line("users"), x: center, y: y, isCentered: true)
    svg.text(Line(address), x: center, y: y + SVG.line, isCentered: true)
    y += SVG.line + 8
    ends = [center]
  }

  private mutating func draw(_ tier: TierLayout, next: TierLayout?) {
    let boxes = Array(tier.rows.joined())
    let width = SiteSVG.boxWidth(tier)
    let xs = boxes.indices.map {
      center - SiteSVG.rowWidth(tier) / 2 + $0 * (width + SiteSVG.gap)
    }
    let isReached = tier.job != .withoutRequests && !ends.isEmpty
    if isReached { drawLinks(to: boxes, at: xs.map { $0 + width / 2 }) } else { y += SVG.line }
    let height = boxes.reduce(0) { max($0, BoxText($1).height) }
    for (box, x) in zip(boxes, xs) { draw(box, x: x, width: width, lines: height) }
    y += height * SVG.line + SiteSVG.padding
    let clients = zip(boxes, xs).filter { next?.job == .databases ? $0.0.queriesDatabases : true }
    ends = next == nil || next?.job == .withoutRequests ? [] : clients.map { $0.1 + width / 2 }
    drawReplication(in: boxes, at: xs, width: width, isFree: ends.isEmpty)
  }

  private mutating func draw(_ box: SiteMap.Box, x: Int, width: Int, lines: Int) {
    svg.box(x: x, y: y, width: width, height: lines * SVG.line + SiteSVG.padding)
    for (i, line) in BoxText(box).lines(lines).enumerated() {
      svg.text(line, x: x + SiteSVG.padding, y: y + (i + 1) * SVG.line)
    }
  }

  // MARK: Lines

  private mutating func drawLinks(to boxes: [SiteMap.Box], at xs: [Int]) {
    let (bus, bottom) = (y + 24, y + 58)
    for end in ends { svg.link([(end, y), (end, bus)]) }
    if let first = (xs + ends).min(), let last = (xs + ends).max(), first < last {
      svg.link([(first, bus), (last, bus)])
    }
    for (box, x) in zip(boxes, xs) {
      svg.link([(x, bus), (x, bottom)], box.link == .open ? .link : box.link == .cut ? .broken : .unused)
      let requests = box.requests.map { "\($0)" }
      let words = (box.link == .cut ? ["✗ cut"] : []) + [box.address, requests].compactMap { $0 }
      svg.text(
        Line(words.joined(separator: "  "), box.link == .cut ? .failed : .plain), x: x + 10, y: bottom - 12)
    }
    y = bottom
  }

  private mutating func drawReplication(in boxes: [SiteMap.Box], at xs: [Int], width: Int, isFree: Bool) {
    guard !map.replication.isEmpty else { return }
    var indices: [String: Int] = [:]
    for (i, box) in boxes.enumerated() { for name in [box.name] + box.others { indices[name] = i } }
    for (i, box) in boxes.enumerated() {
      let arrows = map.replication.filter { $0.source == box.name }
      let targets = arrows.reduce(into: [(index: Int, arrow: SiteMap.Arrow)]()) { found, arrow in
        guard let index = indices[arrow.target], !found.contains(where: { $0.index == index }) else { return }
        found.append((index, arrow))
      }
      let isComplete = arrows.allSatisfy { indices[$0.target] != nil } && !targets.contains { $0.index == i }
      if targets.count == 1, isComplete, abs(targets[0].index - i) == 1 {
        drawBeside(targets[0].arrow, from: xs[i], to: xs[targets[0].index], width: width)
      } else if isComplete, isFree, !arrows.isEmpty {
        drawBelow(targets.map { ($0.arrow, xs[$0.index] + width / 2) }, from: xs[i] + width / 2)
      } else {
        remarks += SiteDrawing.sentences(arrows)
      }
    }
  }

  private mutating func drawBeside(_ arrow: SiteMap.Arrow, from source: Int, to target: Int, width: Int) {
    let level = y - SVG.line + 2
    let start = target > source ? source + width : source
    let end = target > source ? target : target + width
    svg.link([(start, level), (end, level)], arrow.isConnected ? .link : .broken, hasHead: true)
    svg.text(arrow.line, x: (start + end) / 2, y: level + 16, isCentered: true)
  }

  private mutating func drawBelow(_ arrows: [(arrow: SiteMap.Arrow, x: Int)], from source: Int) {
    for (arrow, x) in arrows {
      svg.link(
        [(source, y), (source, y + 28), (x, y + 28), (x, y)], arrow.isConnected ? .link : .broken,
        hasHead: true)
      svg.text(arrow.line, x: x + 10, y: y + 18)
    }
    y += 28
  }

  private mutating func drawRemarks(_ lines: [Line]) {
    y += SVG.line
    for line in lines.wrapped(to: (width - 2 * SiteSVG.margin) / SVG.letterWidth) {
      y += SVG.line
      svg.text(line, x: SiteSVG.margin, y: y)
    }
  }
}

extension SiteMap.Arrow {
  fileprivate var line: Line { Line(isConnected ? label : "✗ \(label)", isConnected ? .plain : .failed) }
}
