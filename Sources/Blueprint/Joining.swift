extension Array where Element == String {
  /// As the library's, which first has to find out how it walks such a collection: a tenth of a short run.
  public func joined(separator: String = "") -> String {
    var text = ""
    for (i, element) in enumerated() {
      if i > 0 { text += separator }
      text += element
    }
    return text
  }
}
