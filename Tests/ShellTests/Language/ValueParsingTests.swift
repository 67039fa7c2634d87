import Blueprint
import Inspector
import Testing

@testable import Shell

@Suite struct ValueParsingTests {
  @Test(
    arguments: [
      ("0", 0), ("0s", 0), ("1ns", 1), ("250us", 250_000), ("250µs", 250_000), ("250μs", 250_000),
      ("5ms", 5_000_000),
      ("2s", 2_000_000_000), ("2sec", 2_000_000_000), ("2secs", 2_000_000_000), ("1second", 1_000_000_000),
      ("2seconds", 2_000_000_000), ("3m", 180_000_000_000), ("3min", 180_000_000_000),
      ("3mins", 180_000_000_000),
      ("1minute", 60_000_000_000), ("3minutes", 180_000_000_000), ("1h", 3_600_000_000_000),
      ("1hour", 3_600_000_000_000),
      ("2hours", 7_200_000_000_000), ("1d", 86_400_000_000_000), ("1day", 86_400_000_000_000),
      ("2days", 172_800_000_000_000),
      ("1.5s", 1_500_000_000), (".5s", 500_000_000), ("1.s", 1_000_000_000), ("0.000001s", 1_000),
      ("1.2345678s", 1_234_567_000),
      ("1m30s", 90_000_000_000), ("1h2m3s4ms5us6ns", 3_723_004_005_006), ("2S", 2_000_000_000),
      ("1.5ms2.5us", 1_502_500), ("5000000000000ns", 5_000_000_000_000),
      ("34560000000000000ns", 34_560_000_000_000_000),
    ] as [(String, Int64)])
  func `a duration`(_ text: String, _ nanoseconds: Int64) {
    #expect(Span(reading: text) == Span(nanoseconds: nanoseconds))
  }

  @Test(arguments: [
    "", "5", "s", "-1s", "+1s", "1 s", "1x", "1s2", "1..5s", ".s", "1,5s", "1e3s", "∞s", "１s", "1s ", "00",
  ])
  func `texts that are not durations`(_ text: String) {
    #expect(Span(reading: text) == nil)
  }

  @Test(arguments: ["99999999999999999999d", "300000d", "9223372036854775808ns", "106751d106751d"])
  func `a duration that is too long exceeds every limit`(_ text: String) {
    #expect((Span(reading: text) ?? .zero) > Span.longest)
  }

  @Test(
    arguments: [
      ("150", 150_000_000), ("150/s", 150_000_000), ("150/sec", 150_000_000), ("150/second", 150_000_000),
      ("150ps", 150_000_000), ("150rps", 150_000_000), ("150qps", 150_000_000), ("0.5/s", 500_000),
      (".5/s", 500_000),
      ("9000/min", 150_000_000), ("9000/m", 150_000_000), ("9000/minute", 150_000_000),
      ("9000rpm", 150_000_000),
      ("3600/h", 1_000_000), ("3600/hour", 1_000_000), ("2k/s", 2_000_000_000), ("2K/s", 2_000_000_000),
      ("2k", 2_000_000_000),
      ("1.5k/min", 25_000_000), ("3/ms", 3_000_000_000), ("1/h", 277), ("0/s", 0),
    ] as [(String, Int64)])
  func `a rate`(_ text: String, _ millionths: Int64) {
    #expect(Rate.read(text) == millionths)
  }

  @Test(arguments: ["", "/s", "x", "-1/s", "1/", "1/d", "1 /s", "1kk/s", "1s", "1//s"])
  func `texts that are not rates`(
    _ text: String
  ) {
    #expect(Rate.read(text) == nil)
  }

  @Test(arguments: [
    ("0", 0), ("7", 7), ("007", 7), ("+5", 5), ("256", 256), ("99999999999999999999", Int.max),
  ])
  func `a number`(_ text: String, _ number: Int) {
    #expect(Numeral.whole(text) == number)
  }

  @Test(arguments: ["", "-1", "+", "1.5", "1_000", "0x10", "٣", "1 "]) func `texts that are not numbers`(
    _ text: String
  ) {
    #expect(Numeral.whole(text) == nil)
  }

  @Test(
    arguments: [
      ("0.0.0.0", 0), ("10.0.0.1", 167_772_161), ("255.255.255.255", UInt32.max), ("010.0.0.1", 167_772_161),
    ] as [(String, UInt32)])
  func `an address`(_ text: String, _ number: UInt32) {
    #expect(IPv4(reading: text) == IPv4(number))
  }

  @Test(arguments: [
    "", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.", "a.b.c.d", "10.0.0.-1", "1111.0.0.1", "::1",
  ])
  func `texts that are not addresses`(_ text: String) {
    #expect(IPv4(reading: text) == nil)
  }

  @Test(arguments: ["/", "/a/b.html?x=1&y=%20", "/~ana"]) func `a path`(_ text: String) {
    #expect(ArgumentMatcher.path(text) == text)
  }

  @Test(arguments: ["", "a", "a/b", "/a b", "/é", "/\u{7F}", "/" + String(repeating: "a", count: 2_000)])
  func `texts that are not paths`(_ text: String) {
    #expect(ArgumentMatcher.path(text) == nil)
  }

  @Test(arguments: [
    ("on", true), ("yes", true), ("TRUE", true), ("off", false), ("No", false), ("false", false), ("1", nil),
    ("", nil),
  ])
  func `on and off`(_ text: String, _ flag: Bool?) {
    #expect(Setting.Values.flag.read(text) == flag.map { .flag($0) })
  }

  @Test(
    arguments: [
      (0, "0s"), (1, "1ns"), (1_500, "1500ns"), (250_000, "250us"), (1_500_000_000, "1500ms"),
      (90_000_000_000, "90s"),
    ] as [(Int64, String)])
  func `a written duration can be read again`(_ nanoseconds: Int64, _ text: String) {
    #expect(Span(nanoseconds: nanoseconds).command == text)
    #expect(Span(reading: text) == Span(nanoseconds: nanoseconds))
  }

  @Test(
    arguments: [
      (0, "0 ms"), (100_000, "0.10 ms"), (1_100_000, "1.1 ms"), (8_149_999, "8.1 ms"), (8_150_000, "8.2 ms"),
      (999_900_000, "999.9 ms"), (1_000_000_000, "1.0 s"), (119_900_000_000, "119.9 s"),
      (120_000_000_000, "2.0 min"),
    ] as [(Int64, String)])
  func `a duration in words`(_ nanoseconds: Int64, _ words: String) {
    #expect(Span(nanoseconds: nanoseconds).words == words)
  }

  @Test(
    arguments: [
      (0, "0.000"), (1, "0.001"), (1_500, "1.500"), (-20, "-0.020"), (-1_500, "-1.500"),
      (Int64.min, "-9223372036854775.808"),
    ] as [(Int64, String)])
  func `a number with three decimals`(_ thousandths: Int64, _ text: String) {
    #expect(JSON.thousandths(thousandths).text == text)
  }

  @Test func `a text in JSON is escaped`() {
    #expect(JSON.string("a\"b\\c\nd\te\u{1}f\u{7F}é").text == #""a\"b\\c\nd\te\u0001f\u007fé""#)
  }
}
