import Blueprint

/// The layout of a tier's boxes. All boxes have the same width, in as many rows as the screen requires.
struct TierLayout {
  let job: SiteMap.TierJob
  let rows: [[SiteMap.Box]]
  let boxWidth: Int
  let gap: Int

  static let narrowestGap = 3
  private static let widestGap = 13
  /// The columns that are kept free on each side for vertical lines, if the tier has several rows.
  private static let trunks = 4

  init(_ tier: SiteMap.Tier, width: Int) {
    job = tier.job
    let perRow = { (boxWidth: Int, width: Int) in
      max(1, (width + TierLayout.narrowestGap) / (boxWidth + TierLayout.narrowestGap))
    }
    var boxWidth = TierLayout.boxWidth(tier.boxes, width: width)
    var rows = tier.rows(of: perRow(boxWidth, width))
    var room = width
    // Combined boxes have longer names, so the layout is calculated again.
    if rows.count > 1 || rows.joined().contains(where: { $0.count > 1 }) {
      room = width - 2 * TierLayout.trunks
      boxWidth = TierLayout.boxWidth(Array(rows.joined()), width: room)
      rows = tier.rows(of: perRow(boxWidth, room))
    }
    let longest = rows.reduce(0) { max($0, $1.count) }
    self.rows = rows
    self.boxWidth = boxWidth
    gap = longest > 1 ? TierLayout.gap(longest, boxWidth, width: room) : 0
  }

  var rowWidth: Int {
    let longest = rows.reduce(0) { max($0, $1.count) }
    return longest * boxWidth + max(0, longest - 1) * gap
  }

  var hasTrunks: Bool { rows.count > 1 }

  /// Whether the links to the tier's boxes have labels.
  var hasLabels: Bool {
    rows.joined().contains { $0.link != .open || $0.requests != nil || $0.address != nil }
  }

  func height(of row: [SiteMap.Box]) -> Int { row.reduce(0) { max($0, BoxText($1).height) } }

  /// Returns the width of the boxes. It is odd, so that each box has a middle column.
  private static func boxWidth(_ boxes: [SiteMap.Box], width: Int) -> Int {
    let inner = boxes.reduce(0) { max($0, BoxText($1).width) }
    return min((inner + 4) | 1, (width - 1) | 1)
  }

  private static func gap(_ count: Int, _ boxWidth: Int, width: Int) -> Int {
    let gap = (width - count * boxWidth) / (count - 1)
    return min(max((gap - 1) | 1, narrowestGap), widestGap)
  }
}
