/// Formats numbers and lengths of time for display.
public enum NumberText {
  /// Returns a number as text: `5`, `0.75`, `very many` if it is too large, or `never` if it is infinite.
  public static func text(_ amount: Double) -> String {
    guard let thousandths = thousandths(amount) else { return amount.isFinite ? "very many" : "never" }
    if amount.magnitude < 1, thousandths != 0 || amount != 0 { return share(amount) }
    guard thousandths % 1_000 != 0 else { return "\(thousandths / 1_000)" }
    return trimmed(JSON.decimal(thousandths))
  }

  /// Returns a length of time as text: `8.1 ms`, `4 s`, or `never` if it is infinite.
  public static func text(seconds: Double) -> String {
    guard seconds.isFinite else { return "never" }
    return isInMilliseconds(seconds) ? "\(text(seconds * 1_000)) ms" : "\(text(seconds)) s"
  }

  /// Returns whether a length of time in seconds is printed in milliseconds.
  public static func isInMilliseconds(_ seconds: Double) -> Bool { seconds != 0 && seconds.magnitude < 1 }

  /// Returns the number in thousandths, rounded, or nil if it is infinite or too large to be printed.
  public static func thousandths(_ amount: Double) -> Int64? {
    amount.isFinite && amount.magnitude < 1e15 ? Int64((amount * 1_000).rounded()) : nil
  }

  /// Returns a number below one as text, with at most six decimals.
  private static func share(_ amount: Double) -> String {
    let millionths = Int64((amount.magnitude * 1e6).rounded())
    let digits = "\(millionths % 1_000_000)"
    let zeros = String(repeating: "0", count: 6 - digits.utf8.count)
    let text = trimmed("\(millionths / 1_000_000).\(zeros)\(digits)")
    return amount < 0 && millionths > 0 ? "-\(text)" : text
  }

  private static func trimmed(_ decimal: String) -> String {
    var text = decimal
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
