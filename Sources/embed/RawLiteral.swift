/// Returns the text as a raw string literal of several lines, whatever it contains.
///
/// The literal has one more `#` than the longest run of them in the text, so no text can end it or be an
/// escape. Characters that a source file cannot contain, such as a carriage return, are escaped.
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
