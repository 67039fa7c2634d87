import Foundation
import Inspector
import Testing

@testable import Shell

@Suite struct ExportTests {
  private static let scenes =
    designs.map { "load \($0.name); send 10 mix" } + [
      "new", "break server-1; wait 14s; send 3", "add server x with files; break lb-1--server-2",
      "set site service exponential; at 1s break server-1; send 500 rate 100/s",
    ]

  @Test(arguments: scenes, ["svg", "timeline"]) func `what is drawn is well-formed and says what it shows`(
    _ commands: String, _ kind: String
  ) {
    var session = Session(designs: designs, world: Files().world)
    session.do("\(commands); send 2")
    let text = session.do("export \(kind)").text
    let reader = Markup(text)
    #expect(reader.problem == nil)
    #expect(reader.elements.first == "svg")
    #expect(reader.elements.contains("title") && reader.elements.contains("desc"))
    #expect(text.contains("role=\"img\" aria-labelledby=\"title desc\""))
    #expect(!reader.elements.contains("script") && !text.contains("href"))
  }

  @Test func `the site's picture holds every host as text`() {
    var session = Session(designs: designs, world: Files().world)
    session.do("load balancer-pair")
    let text = session.do("export svg").text
    for name in ["lb-1", "lb-2", "server-1", "server-2", "server-3"] { #expect(text.contains(">\(name)<")) }
  }

  @Test func `with a file name it is written there`() {
    let files = Files()
    var session = Session(designs: designs, world: files.world)
    let shown = session.do("export dot").text
    let reply = session.do("export dot site.dot")
    #expect(reply.text == "dot is in site.dot.")
    #expect(files["site.dot"] == shown + "\n")
    #expect(session.obey("export dot /site.dot").failure?.code == "file")
  }

  @Test func `a graph has a node for each host and a way to each`() {
    var session = Session(designs: designs, world: Files().world)
    let dot = session.do("export dot").text
    #expect(dot.contains("n0 -> n1") && dot.contains("n0 -> n2") && dot.contains("n1 -> n2 [label=\"1 ms\""))
    let mermaid = session.do("export mermaid").text
    #expect(mermaid.hasPrefix("flowchart TB\n  users([users])\n  n0[\"lb-1<br/>● haproxy\"]"))
  }

  @Test func `there is no timeline before the first request`() {
    var session = Session(designs: designs, world: Files().world)
    #expect(session.obey("export timeline").failure?.code == "no-request")
  }

  @Test func `signs that steer a document are escaped`() {
    #expect(SVG.escaped("<a b=\"c\">&") == "&lt;a b=&quot;c&quot;&gt;&amp;")
  }
}

/// Reads markup as far as it takes to see that every element is closed in its order.
private struct Markup {
  private(set) var elements: [String] = []
  private(set) var problem: String?

  init(_ text: String) {
    var open: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      if rest[..<start].contains(">") { problem = problem ?? "a stray sign" }
      guard let end = rest[start...].firstIndex(of: ">") else {
        problem = "an open tag"
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = String(tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" })
      if tag.hasPrefix("/") {
        if open.popLast() != name { problem = problem ?? "\(name) closes what is not open" }
      } else {
        elements.append(name)
        if tag.filter({ $0 == "\"" }).count % 2 == 1 { problem = problem ?? "an open quotation in \(name)" }
        if !tag.hasSuffix("/") { open.append(name) }
      }
    }
    if !open.isEmpty { problem = problem ?? "\(open) is open" }
  }
}
