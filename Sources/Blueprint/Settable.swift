/// A property that a setting can read and write.
protocol Settable {
  /// The property's value as the value of a setting; nil if the default applies and the setting shows no
  /// value.
  var setting: Setting.Value? { get }
  /// The value that a setting shows if an optional property is nil.
  static var unset: Setting.Value? { get }
  /// Reads the value of a setting; nil if it has another type.
  init?(setting: Setting.Value)
}

extension Settable {
  static var unset: Setting.Value? { nil }

  /// Sets the property to the new value, if there is one. Returns the resulting value.
  mutating func exchange(_ new: Setting.Value?) -> Setting.Value? {
    if let new, let value = Self(setting: new) { self = value }
    return setting
  }
}

extension Int: Settable {
  static var unset: Setting.Value? { Setting.Value.none }
  var setting: Setting.Value? { .number(self) }

  init?(setting: Setting.Value) {
    guard case .number(let number) = setting else { return nil }
    self = number
  }
}

extension UInt64: Settable {
  var setting: Setting.Value? { .number(Int(clamping: self)) }

  init?(setting: Setting.Value) {
    guard case .number(let number) = setting else { return nil }
    self.init(exactly: number)
  }
}

extension Bool: Settable {
  var setting: Setting.Value? { .flag(self) }

  init?(setting: Setting.Value) {
    guard case .flag(let flag) = setting else { return nil }
    self = flag
  }
}

extension Span: Settable {
  var setting: Setting.Value? { .span(self) }

  init?(setting: Setting.Value) {
    guard case .span(let span) = setting else { return nil }
    self = span
  }
}

extension Optional: Settable where Wrapped: Settable {
  var setting: Setting.Value? {
    guard let self else { return Wrapped.unset }
    return self.setting
  }

  init?(setting: Setting.Value) {
    if setting == Setting.Value.none {
      self = Self.none
    } else {
      guard let value = Wrapped(setting: setting) else { return nil }
      self = value
    }
  }
}
