import Blueprint
import Inspector

/// A site as text for programs that lay out graphs.
struct Graph {
  private let map: SiteMap
  private let title: String
  private var nodes: [(id: String, box: SiteMap.Box)] = []
  private var edges: [Edge] = []

  private struct Edge {
    let from: String
    let to: String
    let label: String
    let isDotted: Bool
    var isReplication = false
  }

  init(_ map: SiteMap, title: String) {
    self.map = map
    self.title = title
    var above = ["users"]
    for tier in map.tiers {
      let boxes = tier.rows(of: 6).flatMap { $0 }
      let first = nodes.count
      nodes += boxes.enumerated().map { ("n\(first + $0.offset)", $0.element) }
      let added = nodes[first...]
      guard tier.job != .withoutRequests else { continue }
      // If several hosts send requests, the number from each is not known.
      let isCounted = above.count == 1
      for from in above { edges += added.map { Graph.edge(from: from, to: $0.id, $0.box, isCounted) } }
      above = added.map { $0.id }
    }
    addReplication()
  }

  private static func edge(from: String, to id: String, _ box: SiteMap.Box, _ isCounted: Bool) -> Edge {
    let requests = isCounted ? box.requests.map { "\($0)" } : nil
    let label = box.link == .cut ? "cut" : box.address ?? requests ?? ""
    return Edge(from: from, to: id, label: label, isDotted: box.link != .open)
  }

  private mutating func addReplication() {
    var ids: [String: String] = [:]
    for (id, box) in nodes { for name in [box.name] + box.others { ids[name] = id } }
    var drawn: Set<String> = []
    for arrow in map.replication {
      guard let from = ids[arrow.source], let to = ids[arrow.target], from != to,
        drawn.insert("\(from) \(to)").inserted
      else { continue }
      edges.append(
        Edge(from: from, to: to, label: arrow.label, isDotted: !arrow.isConnected, isReplication: true))
    }
  }

  // MARK: Graphviz

  var dot: [String] {
    [
      "digraph site {",
      "  label=\"\(Graph.quoted(title))\"; labelloc=t; fontname=\"monospace\"; fontcolor=\"#6b7987\"; bgcolor=transparent;",
      "  node [shape=box, style=rounded, fontname=\"monospace\", fontsize=11, color=\"#6b7987\", fontcolor=\"#4f8296\"];",
      "  edge [fontname=\"monospace\", fontsize=10, color=\"#6b7987\", fontcolor=\"#6b7987\"];",
      "  users [shape=plaintext];",
    ]
      + nodes.map {
        "  \($0.id) [label=\"\(Graph.text(of: $0.box).map { Graph.quoted($0) + "\\l" }.joined())\"];"
      }
      + edges.map { edge in
        let words = [
          edge.label.isEmpty ? nil : "label=\"\(Graph.quoted(edge.label))\"",
          edge.isDotted ? "style=dotted" : edge.isReplication ? "style=dashed" : nil,
          edge.isReplication ? "constraint=false" : nil,
        ].compactMap { $0 }
        return "  \(edge.from) -> \(edge.to)\(words.isEmpty ? "" : " [\(words.joined(separator: ", "))]");"
      } + ["}"]
  }

  private static func text(of box: SiteMap.Box) -> [String] {
    let text = BoxText(box)
    return (text.head + text.parts).map { $0.text }
  }

  private static func quoted(_ text: String) -> String {
    text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
  }

  // MARK: Mermaid

  var mermaid: [String] {
    ["flowchart TB", "  users([users])"]
      + nodes.map {
        "  \($0.id)[\"\(Graph.text(of: $0.box).map { XML.escaped($0) }.joined(separator: "<br/>"))\"]"
      }
      + edges.map { edge in
        let line = edge.isDotted || edge.isReplication ? "-.->" : "-->"
        let label = edge.label.isEmpty ? "" : "|\"\(XML.escaped(edge.label))\"|"
        return "  \(edge.from) \(line)\(label) \(edge.to)"
      }
  }
}
