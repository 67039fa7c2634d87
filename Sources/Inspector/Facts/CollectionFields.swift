import Blueprint

extension FactField {
  /// Of sets, lists and counts.
  static let ofCollections: [FactField] = [
    FactField(
      "count", of: .collection, .number,
      "how many elements, a host beside its part counted once; count(SET) says the same"
    ) { judging, value, _ throws(FactProblem) in
      .number(Quantity(judging.counted(value)))
    },
    FactField(
      "first", of: .collection, typed: { $0 }, "the first element; nothing of none",
      take: { judging, value, asked throws(FactProblem) in
        switch value {
        case .set(let set): set.elements.first ?? .nothing
        case .list(let list): list.first ?? .nothing
        default: .nothing
        }
      }),
    FactField(
      "last", of: .collection, typed: { $0 }, "the last element; nothing of none",
      take: { judging, value, asked throws(FactProblem) in
        switch value {
        case .set(let set): set.elements.last ?? .nothing
        case .list(let list): list.last ?? .nothing
        default: .nothing
        }
      }),
    FactField("hosts", of: .collection, .set(.component), "the whole hosts in it") {
      judging, value, _ throws(FactProblem) in
      guard case .set(let set) = value else { return .components([]) }
      // By their names: of a run they may be those of another site.
      return .components(set.components.filter { !$0.contains(".") && Breakable.ends(of: $0) == nil })
    },
    FactField("links", of: .collection, .set(.component), "its links: spofs(read).links") {
      judging, value, _ throws(FactProblem) in
      guard case .set(let set) = value else { return .components([]) }
      return .components(set.links + set.components.filter { Breakable.ends(of: $0) != nil })
    },
    FactField(
      "keys", of: .counts, typed: { .set($0) }, "what was met at least once",
      take: { judging, value, _ throws(FactProblem) in
        guard case .counts(let counts) = value else { return .set(FactSet()) }
        return .set(FactSet(counts.filter { $0.count > 0 }.map { $0.key }))
      }),
    FactField("count", of: .counts, .number, "how many were met at least once") {
      judging, value, _ throws(FactProblem) in
      guard case .counts(let counts) = value else { return .number(Quantity(0)) }
      return .number(Quantity(counts.count { $0.count > 0 }))
    },
  ]

  /// The host of a component, and its parts.
  static let ofComponents: [FactField] =
    [
      FactField("host", of: .component, .component, "the host that carries it", example: "primary.host") {
        judging, value, _ throws(FactProblem) in
        guard case .component(let name) = value, Breakable.ends(of: name) == nil else { return .nothing }
        return .component(String(name.prefix { $0 != "." }))
      }
    ]
    + ComponentKind.allCases.map { part in
      FactField(
        part.rawValue, of: .component, .component, "the \(part.rawValue) on that host",
        example: part.profile.example
      ) {
        judging, value, asked throws(FactProblem) in
        guard case .component(let name) = value else { return .nothing }
        let address = Address(String(name.prefix { $0 != "." }), part)
        guard judging.topology.has(component: address.text) else {
          throw FactProblem("there is no “\(address.text)”", at: asked.place)
        }
        return .component(address.text)
      }
    }
}

extension FactJudging {
  /// How many, with a word about those that are not counted.
  mutating func counted(_ value: FactValue) -> Int {
    if case .set(let set) = value {
      let counted = plain(set)
      // Only components can be left out of the count.
      let names = counted.count < set.elements.count ? Set(FactSet(counted).components) : nil
      let rest = names.map { names in set.components.filter { !names.contains($0) } } ?? []
      if !rest.isEmpty { alsoSaw("a host beside its part counts once: \(FactSet(components: rest).words)") }
    }
    return count(of: value)
  }

  private func count(of value: FactValue) -> Int {
    switch value {
    case .set(let set): plain(set).count
    case .list(let list): list.count
    case .counts(let counts): counts.count { $0.count > 0 }
    default: 0
    }
  }
}
