import Glibc

/// Returns an environment variable, or nil if it is unset or empty.
func environment(_ name: String) -> String? {
  let value = getenv(name).map { String(cString: $0) } ?? ""
  return value.isEmpty ? nil : value
}

/// The character encoding of the user's environment.
enum Locale {
  static var isUTF8: Bool {
    let name = name.lowercased()
    let codeset = name.split(separator: "@").first.map(String.init) ?? ""
    if codeset.hasSuffix("utf-8") || codeset.hasSuffix("utf8") { return true }
    // Some locales use UTF-8 although their names do not say so.
    guard !name.isEmpty, !name.contains("."), setlocale(LC_CTYPE, name) != nil else { return false }
    return nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
  }

  /// Makes all calls of the C library use the user's encoding.
  static func applyEnvironment() {
    // A statically linked C library may support only this locale.
    if setlocale(LC_CTYPE, "") == nil, isUTF8 { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  private static var name: String {
    ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }.first ?? ""
  }
}
