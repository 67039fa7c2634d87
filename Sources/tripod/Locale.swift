import Glibc

/// Which characters the user's surroundings know.
enum Locale {
  static var isUTF8: Bool {
    let name = name.lowercased()
    let codeset = name.split(separator: "@").first.map(String.init) ?? ""
    if codeset.hasSuffix("utf-8") || codeset.hasSuffix("utf8") { return true }
    // Some locales are UTF-8 without saying so in their names.
    guard !name.isEmpty, !name.contains("."), setlocale(LC_CTYPE, name) != nil else { return false }
    return nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
  }

  /// Takes over the user's characters for all calls of the C library.
  static func adopt() {
    // A program that brings its own C library along may know no locale but this one.
    if setlocale(LC_CTYPE, "") == nil, isUTF8 { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  private static var name: String {
    ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }.first ?? ""
  }
}

/// What the environment says under that name; nil where it says nothing.
func environment(_ name: String) -> String? {
  let value = getenv(name).map { String(cString: $0) } ?? ""
  return value.isEmpty ? nil : value
}
