import Blueprint
import Inspector

extension FactField {
  /// Fields of sets, lists and counts.
  static let ofCollections: [FactField] = [
    FactField(
      "count", of: .collection, .number,
      "the number of elements; a host and its component count once"
    ) { evaluator, value, _ throws(FactProblem) in
      .number(Quantity(evaluator.counted(value)))
    },
    FactField(
      "first", of: .collection, typed: { $0 }, "the first element; nothing if there is none",
      evaluate: { evaluator, value, arguments throws(FactProblem) in
        value.elements.first ?? .nothing
      }),
    FactField(
      "last", of: .collection, typed: { $0 }, "the last element; nothing if there is none",
      evaluate: { evaluator, value, arguments throws(FactProblem) in
        value.elements.last ?? .nothing
      }),
    FactField("hosts", of: .collection, .set(.component), "the hosts in it, without components") {
      evaluator, value, _ throws(FactProblem) in
      guard case .set(let set) = value else { return .components([]) }
      // Only the names decide which elements are hosts, because the components may belong to another site.
      return .components(set.components.filter { !$0.contains(".") && FaultTarget.ends(of: $0) == nil })
    },
    FactField("links", of: .collection, .set(.component), "its links: spofs(read).links") {
      evaluator, value, _ throws(FactProblem) in
      guard case .set(let set) = value else { return .components([]) }
      return .components(set.links + set.components.filter { FaultTarget.ends(of: $0) != nil })
    },
    FactField(
      "keys", of: .counts, typed: { .set($0) }, "what was counted at least once",
      evaluate: { evaluator, value, _ throws(FactProblem) in
        guard case .counts(let counts) = value else { return .set(FactSet()) }
        return .set(FactSet(counts.filter { $0.count > 0 }.map { $0.key }))
      }),
    FactField("count", of: .counts, .number, "how many were counted at least once") {
      evaluator, value, _ throws(FactProblem) in
      guard case .counts(let counts) = value else { return .number(Quantity(0)) }
      return .number(Quantity(counts.count { $0.count > 0 }))
    },
  ]

  /// Fields of hosts and components: the host of a component, and the components of a host.
  static let ofComponents: [FactField] =
    [
      FactField("host", of: .component, .component, "the host on which it runs", example: "primary.host") {
        evaluator, value, _ throws(FactProblem) in
        guard case .component(let name) = value, FaultTarget.ends(of: name) == nil else { return .nothing }
        return .component(String(name.prefix { $0 != "." }))
      }
    ]
    + ComponentKind.allCases.map { part in
      FactField(
        part.rawValue, of: .component, .component, "the \(part.rawValue) on that host",
        example: part.profile.example
      ) {
        evaluator, value, arguments throws(FactProblem) in
        guard case .component(let name) = value else { return .nothing }
        let address = Address(String(name.prefix { $0 != "." }), part)
        guard evaluator.topology.has(component: address.text) else {
          throw FactProblem("there is no “\(address.text)”", at: arguments.position)
        }
        return .component(address.text)
      }
    }
}

extension FactEvaluator {
  /// Returns the number of elements in a collection. Hosts that are not counted are named in the evidence.
  mutating func counted(_ value: FactValue) -> Int {
    if case .set(let set) = value {
      let counted = comparison.distinct(set)
      // Only hosts and components can be left out of the count.
      let names = counted.count < set.elements.count ? Set(FactSet(counted).components) : nil
      let rest = names.map { names in set.components.filter { !names.contains($0) } } ?? []
      if !rest.isEmpty {
        addObservation("a host and its component count once: \(FactSet(components: rest).words)")
      }
    }
    return comparison.count(of: value)
  }
}
