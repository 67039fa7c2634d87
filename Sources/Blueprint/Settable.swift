/// A property that a setting can read and write.
protocol Settable {
  /// The value as a setting shows it; nil for what is usual.
  var setting: Key.Value? { get }
  /// What a setting shows of an optional property that is nil.
  static var unset: Key.Value? { get }
  /// Nil if the value is of another type.
  init?(setting: Key.Value)
}

extension Settable {
  static var unset: Key.Value? { nil }

  /// Takes the new value, if there is one, and returns the value that the property has then.
  mutating func exchange(_ new: Key.Value?) -> Key.Value? {
    if let new, let value = Self(setting: new) { self = value }
    return setting
  }
}

extension Int: Settable {
  static var unset: Key.Value? { Key.Value.none }
  var setting: Key.Value? { .number(self) }

  init?(setting: Key.Value) {
    guard case .number(let number) = setting else { return nil }
    self = number
  }
}

extension UInt64: Settable {
  var setting: Key.Value? { .number(Int(clamping: self)) }

  init?(setting: Key.Value) {
    guard case .number(let number) = setting else { return nil }
    self.init(exactly: number)
  }
}

extension Bool: Settable {
  var setting: Key.Value? { .flag(self) }

  init?(setting: Key.Value) {
    guard case .flag(let flag) = setting else { return nil }
    self = flag
  }
}

extension Span: Settable {
  var setting: Key.Value? { .span(self) }

  init?(setting: Key.Value) {
    guard case .span(let span) = setting else { return nil }
    self = span
  }
}

extension Optional: Settable where Wrapped: Settable {
  var setting: Key.Value? {
    guard let self else { return Wrapped.unset }
    return self.setting
  }

  init?(setting: Key.Value) {
    if setting == Key.Value.none {
      self = Self.none
    } else {
      guard let value = Wrapped(setting: setting) else { return nil }
      self = value
    }
  }
}
