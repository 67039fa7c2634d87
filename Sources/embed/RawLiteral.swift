/// The text as a raw string literal of several lines, whatever it contains.
///
/// The literal carries one `#` more than the longest run of them in the text, so nothing in the text can end
/// it or be an escape. What a source file cannot hold as it is, such as a carriage return, is escaped.
func rawLiteral(_ text: String) -> String {
  let fence = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
  var body = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n", "\t": body.unicodeScalars.append(scalar)
    case "\0"..<" ", "\u{7f}", "\u{feff}": body += "\\\(fence)u{\(String(scalar.value, radix: 16))}"
    default: body.unicodeScalars.append(scalar)
    }
  }
  return "\(fence)\"\"\"\n\(body)\n\"\"\"\(fence)"
}

private func longestRun(of wanted: Unicode.Scalar, in text: String) -> Int {
  var longest = 0
  var run = 0
  for scalar in text.unicodeScalars {
    run = scalar == wanted ? run + 1 : 0
    longest = max(longest, run)
  }
  return longest
}
