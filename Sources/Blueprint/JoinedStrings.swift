extension Array where Element == String {
  /// Does what the standard library's function does. That one first looks up how to iterate the collection, which is a
  /// tenth of a short run.
  public func joined(separator: String = "") -> String {
    var text = ""
    for (i, element) in enumerated() {
      if i > 0 { text += separator }
      text += element
    }
    return text
  }
}
