import Blueprint
import Simulator

/// What a class sees at one moment: the site, the text about it, and the line that runs next.
public struct Frame: Equatable, Sendable {
  public let drawing: [Line]
  public let text: [Line]
  public let prompt: Line
  /// The command shown after the prompt. Pressing Enter runs it.
  public let suggestedCommand: String
  /// Whether the frame asks the class a question.
  let isQuestion: Bool

  /// All lines above the prompt.
  public var lines: [Line] { drawing + (drawing.isEmpty || text.isEmpty ? [] : [Line()]) + text }

  /// How long it takes to read the frame aloud. A question takes longer, because the class needs time to
  /// think.
  public var milliseconds: Int {
    let signs = (text.map { $0.text } + [suggestedCommand]).joined().count { $0.isLetter || $0.isNumber }
    return 1_500 + 50 * signs + (isQuestion ? 3_000 : 0)
  }
}

/// Fits a drawing and a text into a window. If they do not both fit, the drawing is shortened first, then the
/// text.
struct Layout {
  let drawing: [Line]
  let text: [Line]
  /// How many lines of the body are shown.
  let shown: Int

  /// The fewest lines of text below a drawing. If the window has room for fewer, the drawing is left out.
  private static let fewestRows = 4

  init(drawings: [[Line]], body: [Line], foot: [Line], rows: Int) {
    let needed = body.count + foot.count
    if let whole = drawings.first(where: { $0.count + 1 + needed <= rows }) {
      drawing = whole
      text = body + foot
      shown = body.count
      return
    }
    // Something must be cut. The shortest drawing leaves the most room for the text.
    let short = drawings.last ?? []
    drawing = short.count + 1 + min(needed, Layout.fewestRows) <= rows ? short : []
    let left = drawing.isEmpty ? rows : rows - drawing.count - 1
    let room = max(0, left - foot.count)
    shown = body.count <= room ? body.count : max(0, room - 1)
    let more = body.count - shown
    let remark =
      more > 0 ? [Line("  … \(more) more \(more == 1 ? "line" : "lines"): more shows them", .faint)] : []
    text = Array((body.prefix(shown) + remark + foot).prefix(max(0, left)))
  }
}

extension LoadedSite {
  /// Returns the whole drawing and a shorter one; in fog, only a remark.
  func drawings(width: Int) -> [[Line]] {
    if isFoggy {
      return [[Line("  fog: what users get is seen, and what monitoring tells", .faint).cut(to: width)]]
    }
    let (picture, wide) = (picture, Screen(width: width).width)
    let drawings = [picture.drawing(width: wide), picture.outline(width: wide)]
    return drawings.map { lines in lines.map { $0.cut(to: width) } }
  }
}
