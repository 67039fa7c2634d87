/// A value in separate memory, so that the structure that contains it is cheap to move.
indirect enum Boxed<Value: Sendable>: Sendable {
  case of(Value)

  var value: Value {
    get {
      switch self {
      case .of(let value): value
      }
    }
    set { self = .of(newValue) }
  }
}

extension Boxed: Equatable where Value: Equatable {}
