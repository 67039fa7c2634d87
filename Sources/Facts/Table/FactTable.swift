extension FactEntry {
  /// Every fact, in the order in which help lists it.
  static let all: [FactEntry] =
    site + databaseNodes + traffic + work + failures + spofs + recovery + availability + security
}

extension FactField {
  /// Every field, in the order in which help lists it.
  static let all: [FactField] = ofRuns + ofLatencies + ofRequests + ofCollections + ofComponents
}
