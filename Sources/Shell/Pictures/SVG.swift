import Blueprint
import Inspector

/// An SVG picture with shapes and selectable text. Its colours adapt to a light or dark theme.
struct SVG {
  private var elements: [String] = []

  /// The classes of the style sheet.
  enum Style: String {
    case plain, dim, accent, good, failed, attention
    case link = "way"
    case unused, broken, box, bar, lost, mark, check

    init(_ look: Line.Look) {
      switch look {
      case .plain: self = .plain
      case .accent: self = .accent
      case .good: self = .good
      case .failed: self = .failed
      case .attention: self = .attention
      case .faint: self = .dim
      }
    }
  }

  /// The width of a letter in the fixed-width font, at the font size of the picture.
  static let letterWidth = 8
  static let line = 20

  // MARK: Drawing

  mutating func text(_ line: Line, x: Int, y: Int, isCentered: Bool = false) {
    guard !line.text.isEmpty else { return }
    let pieces = line.pieces.map { span in
      "<tspan class=\"\(Style(span.look).rawValue)\">\(XML.escaped(span.text))</tspan>"
    }
    let anchor = isCentered ? " text-anchor=\"middle\"" : ""
    elements.append("<text x=\"\(x)\" y=\"\(y)\"\(anchor)>\(pieces.joined())</text>")
  }

  mutating func box(x: Int, y: Int, width: Int, height: Int, _ style: Style = .box, radius: Int = 6) {
    elements.append(
      "<rect class=\"\(style.rawValue)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\""
        + "\(radius > 0 ? " rx=\"\(radius)\"" : "")/>")
  }

  /// Draws a line through the points.
  mutating func link(_ points: [(x: Int, y: Int)], _ style: Style = .link, hasHead: Bool = false) {
    let path = points.enumerated().map { "\($0.offset == 0 ? "M" : "L")\($0.element.x) \($0.element.y)" }
    elements.append(
      "<path class=\"\(style.rawValue)\" d=\"\(path.joined(separator: " "))\""
        + "\(hasHead ? " marker-end=\"url(#head)\"" : "")/>")
  }

  // MARK: Document

  func document(title: String, description: String, width: Int, height: Int) -> [String] {
    [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\""
        + " height=\"\(height)\" role=\"img\" aria-labelledby=\"title desc\" xml:space=\"preserve\">",
      "<title id=\"title\">\(XML.escaped(title))</title>",
      "<desc id=\"desc\">\(XML.escaped(description))</desc>",
    ] + SVG.styles + [
      "<rect class=\"back\" width=\"\(width)\" height=\"\(height)\"/>"
    ] + elements + ["</svg>"]
  }

  private static let styles = [
    "<style>",
    "text { font: 13px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre }",
    ".back { fill: #fff } .plain { fill: #1f2933 } .dim { fill: #5b6875 } .accent { fill: #0b6b83 }",
    ".good { fill: #2a6f3b } .attention { fill: #8a5a00 }",
    ".failed { fill: #b42318 } .box { fill: #f5f7f9; stroke: #94a1ae; stroke-width: 1.5 }",
    ".way, .unused, .broken { fill: none; stroke: #6b7987; stroke-width: 1.5 }",
    ".unused { stroke-dasharray: 2 5 } .broken { stroke: #b42318; stroke-dasharray: 6 4 }",
    ".bar { fill: #3f8f55 } .lost { fill: #d0473b } .mark { stroke: #5b6875; stroke-dasharray: 3 3 }",
    ".head { fill: #6b7987 } .check { stroke: #b42318; stroke-width: 1.5 }",
    "@media (prefers-color-scheme: dark) {",
    ".back { fill: #14181d } .plain { fill: #e4e9ee } .dim { fill: #9aa7b4 } .accent { fill: #6cc7dd }",
    ".good { fill: #7fcf93 } .attention { fill: #e3b341 }",
    ".failed { fill: #ff8a7d } .box { fill: #1d242b; stroke: #62707e }",
    ".way, .unused, .broken { stroke: #8796a5 } .broken { stroke: #ff8a7d }",
    ".bar { fill: #5fb277 } .lost { fill: #f0705f } .mark { stroke: #9aa7b4 } .head { fill: #8796a5 }",
    ".check { stroke: #ff8a7d }",
    "}",
    "</style>",
    "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
      + " orient=\"auto\"><path class=\"head\" d=\"M0 0L8 4L0 8z\"/></marker></defs>",
  ]
}
