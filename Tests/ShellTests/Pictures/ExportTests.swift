import Foundation
import Inspector
import Testing

@testable import Shell

@Suite struct ExportTests {
  @Test func `the site's picture has every host as text`() {
    var session = Tutor(designs: designs)
    session.do("load balancer-pair")
    let text = session.do("export svg").text
    for name in ["lb-1", "lb-2", "server-1", "server-2", "server-3"] { #expect(text.contains(">\(name)<")) }
  }

  @Test func `with a file name, the picture is written to that file`() {
    let files = Files()
    var session = TypedSession(designs: designs, files: files)
    let shown = session.do("export dot").text
    let reply = session.do("export dot site.dot")
    #expect(reply.text == "Wrote dot to site.dot.")
    #expect(files["site.dot"] == "\(shown)\n// Written by Tripod\n")
    #expect(session.obey("export dot /site.dot").failure?.code == "file")
  }

  @Test func `a graph has a node for each host and an edge to each`() {
    var session = Tutor(designs: designs)
    let dot = session.do("export dot").text
    #expect(dot.contains("n0 -> n1") && dot.contains("n0 -> n2") && dot.contains("n1 -> n2 [label=\"1 ms\""))
    let mermaid = session.do("export mermaid").text
    #expect(mermaid.hasPrefix("flowchart TB\n  users([users])\n  n0[\"lb-1<br/>● haproxy\"]"))
  }

  @Test func `there is no timeline before the first request`() {
    var session = Tutor(designs: designs)
    #expect(session.obey("export timeline").failure?.code == "no-request")
  }

  @Test func `markup characters are escaped`() {
    #expect(XML.escaped("<a b=\"c\">&") == "&lt;a b=&quot;c&quot;&gt;&amp;")
  }
}
