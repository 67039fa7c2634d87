/// A value that stands elsewhere, so that what holds it stays small to move.
indirect enum Boxed<Value: Equatable & Sendable>: Equatable, Sendable {
  case of(Value)

  var value: Value {
    switch self {
    case .of(let value): value
    }
  }
}
