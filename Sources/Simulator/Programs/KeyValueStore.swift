import Blueprint

/// The key-value store: answers each call at once, one after the other. No program calls it yet.
enum KeyValueStore {
  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    Workers.answer(call, Response(code: .ok), in: &site)
  }
}
