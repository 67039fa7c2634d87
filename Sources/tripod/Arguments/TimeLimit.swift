/// The most real time that a run may take: `500ms`, `2s`, `1m`, `1h`.
struct TimeLimit: Equatable {
  let nanoseconds: Int64
  let text: String

  init?(_ text: String) {
    let digits = text.prefix { "0" <= $0 && $0 <= "9" }
    let units: [Substring: Int64] = [
      "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    ]
    guard let number = Int64(digits), let unit = units[text.dropFirst(digits.count)] else { return nil }
    let (product, isTooLong) = number.multipliedReportingOverflow(by: unit)
    guard !isTooLong else { return nil }
    nanoseconds = product
    self.text = text
  }
}
