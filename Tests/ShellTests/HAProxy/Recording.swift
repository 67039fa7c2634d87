import Foundation
import Testing

@testable import Shell

/// A recording of the real HAProxy: its configuration, the steps, and the decisions that it made.
struct Recording: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let backend: Backend
  let steps: [Step]
  let observed: [StepResult]

  var testDescription: String { name }

  struct Backend: Decodable {
    let balance: String?
    let hashType: String?
    let options: [String]?
    let retries: Int?
    let timeoutConnect, timeoutQueue, timeoutServer: String?
    let servers: [Server]
  }

  struct Server: Decodable {
    let name: String
    let weight: TextOrNumber?
    let backup, disabled, check: Bool?
    let maxconn, fall, rise: Int?
    let inter: String?
  }

  struct Step: Decodable {
    let op: String
    let n, ms: Int?
    let ids, srcs, uris: [String]?
    let src, server, state: String?
    let weight, status: TextOrNumber?
  }

  /// A number or a text, in the form that a command needs.
  struct TextOrNumber: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      text = try (try? value.decode(Int.self)).map(String.init) ?? value.decode(String.self)
    }
  }

  /// The recorded result of a step.
  enum StepResult: Decodable, Equatable {
    case answers([String])
    case released([ReleasedRequest])
    case states([String: State])
    case other

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let answers = try? value.decode([String].self) {
        self = .answers(answers)
      } else if let released = try? value.decode([ReleasedRequest].self) {
        self = .released(released)
      } else if let states = try? value.decode([String: State].self) {
        self = .states(states)
      } else {
        self = .other
      }
    }
  }

  struct ReleasedRequest: Decodable, Equatable {
    let id: String
    let answer: String
    let dequeued: [String: String]?
  }

  struct State: Decodable, Equatable {
    let status: String
    let weight: Int

    init(status: String, weight: Int) {
      self.status = status
      self.weight = weight
    }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      status = try container.decode(String.self)
      weight = try container.decode(Int.self)
    }
  }

  static let all: [Recording] = files(in: testFolder.appendingPathComponent("Cases"), ending: "json").map {
    file in
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Recording.self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.lastPathComponent): \(error)")
    }
  }
}
