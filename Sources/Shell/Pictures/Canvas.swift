/// A grid of cells. Strokes that meet are joined, and text covers strokes.
struct Canvas {
  let width: Int
  private var rows: [[Cell]] = []

  private struct Cell {
    var strokes: UInt8 = 0
    var character: Character?
    var look = Line.Look.plain
  }

  /// The sides of a cell that a stroke touches.
  private enum Side {
    static let up: UInt8 = 1
    static let right: UInt8 = 2
    static let down: UInt8 = 4
    static let left: UInt8 = 8
  }

  /// The character for each combination of touched sides. The index is the sum of the sides' bits.
  private static let joints: [Character] = Array(" │─└││┌├─┘─┴┐┤┬┼")

  init(width: Int) { self.width = width }

  var height: Int { rows.count }

  // MARK: Drawing

  /// Writes a text. The part to the right of the canvas is left out.
  mutating func write(_ text: String, x: Int, y: Int, _ look: Line.Look = .plain) {
    var x = x
    for character in text {
      change(x, y) { cell in
        cell.character = character
        cell.look = look
      }
      x += 1
    }
  }

  mutating func write(_ line: Line, x: Int, y: Int) {
    var x = x
    for span in line.pieces {
      write(span.text, x: x, y: y, span.look)
      x += span.text.count
    }
  }

  mutating func horizontal(y: Int, from: Int, to: Int) {
    guard from < to else { return }
    for x in from...to {
      stroke(x, y, (x > from ? Side.left : 0) | (x < to ? Side.right : 0))
    }
  }

  mutating func vertical(x: Int, from: Int, to: Int) {
    guard from < to else { return }
    for y in from...to {
      stroke(x, y, (y > from ? Side.up : 0) | (y < to ? Side.down : 0))
    }
  }

  mutating func box(x: Int, y: Int, width: Int, height: Int) {
    horizontal(y: y, from: x, to: x + width - 1)
    horizontal(y: y + height - 1, from: x, to: x + width - 1)
    vertical(x: x, from: y, to: y + height - 1)
    vertical(x: x + width - 1, from: y, to: y + height - 1)
  }

  private mutating func stroke(_ x: Int, _ y: Int, _ sides: UInt8) {
    change(x, y) { cell in
      cell.strokes |= sides
      if cell.character == nil { cell.look = .faint }
    }
  }

  private mutating func change(_ x: Int, _ y: Int, _ body: (inout Cell) -> Void) {
    guard x >= 0, x < width, y >= 0 else { return }
    while rows.count <= y { rows.append(Array(repeating: Cell(), count: width)) }
    body(&rows[y][x])
  }

  // MARK: Output

  var lines: [Line] { rows.map(Canvas.line) }

  private static func line(_ cells: [Cell]) -> Line {
    var line = Line()
    let end = (cells.lastIndex { sign(of: $0) != " " } ?? -1) + 1
    for cell in cells[..<end] {
      let sign = sign(of: cell)
      if let last = line.pieces.indices.last, line.pieces[last].look == cell.look || sign == " " {
        line.pieces[last].text.append(sign)
      } else {
        line.pieces.append(Line.Piece(text: String(sign), look: cell.look))
      }
    }
    return line
  }

  private static func sign(of cell: Cell) -> Character { cell.character ?? joints[Int(cell.strokes)] }
}
