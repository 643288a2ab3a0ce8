namespace Relais.Tests.Engine.Flows;

/// <summary>Definitions for tests, written for them.</summary>
internal static class SmallFlows
{
    /// <summary>A menu of two, an answer to each, with what other programs may have put beside.</summary>
    public const string Menu = """
        {
          "description": "Garage du Port: accueil et rendez-vous",
          "states": [
            {"name": "Trigger", "type": "trigger", "transitions": [
              {"event": "incomingMessage", "next": "ask"}, {"event": "incomingCall"}, {"event": "incomingRequest", "next": null}],
             "properties": {"offset": {"x": 0, "y": 0}}},
            {"name": "ask", "type": "send-and-wait-for-reply", "transitions": [
              {"event": "incomingMessage", "next": "which"}, {"event": "timeout", "next": ""}, {"event": "deliveryFailure"}],
             "properties": {"offset": {"x": 40, "y": 210}, "body": "1 Ventes, 2 Atelier", "timeout": "3600", "x-theirs": [1.50, 1e3, "é\u00e9"]}},
            {"name": "which", "type": "split-based-on", "transitions": [
              {"event": "noMatch", "next": "ask"},
              {"event": "match", "next": "sales", "conditions": [
                {"friendly_name": "1", "arguments": ["{{widgets.ask.inbound.Body}}"], "type": "equal_to", "value": "1"}]},
              {"event": "match", "next": "people", "conditions": [
                {"friendly_name": "2", "arguments": ["{{widgets.ask.inbound.Body}}"], "type": "equal_to", "value": "2"}]}],
             "properties": {"input": "{{widgets.ask.inbound.Body}}"}},
            {"name": "sales", "type": "send-message", "transitions": [{"event": "sent"}, {"event": "failed"}],
             "properties": {"body": "Nos ventes vous rappellent."}},
            {"name": "people", "type": "send-to-flex", "transitions": [{"event": "callComplete"}],
             "properties": {"workflow": "WW1", "channel": "TC1", "attributes": "{}"}}
          ],
          "initial_state": "Trigger",
          "flags": {"allow_concurrent_calls": true},
          "x-unknown": {"keep": null}
        }
        """;

    /// <summary>One step of each kind the report has something to say about.</summary>
    public const string OfEveryKind = """
        {"initial_state": "Trigger", "states": [
          {"name": "Trigger", "type": "trigger", "transitions": [{"event": "incomingCall", "next": "say"}], "properties": {}},
          {"name": "say", "type": "say-play", "transitions": [], "properties": {}},
          {"name": "talk", "type": "start-conversation", "transitions": [], "properties": {}},
          {"name": "twiml", "type": "add-twiml-redirect", "transitions": [], "properties": {}},
          {"name": "bot", "type": "send-to-autopilot", "transitions": [], "properties": {}},
          {"name": "queue", "type": "enqueue-call", "transitions": [], "properties": {}},
          {"name": "far", "type": "run-function", "transitions": [], "properties": {"function_sid": "ZH1", "url": ""}},
          {"name": "known", "type": "run-function", "transitions": [], "properties": {"function_sid": "ZH2", "url": null}},
          {"name": "near", "type": "run-function", "transitions": [], "properties": {"url": "https://shop.example/f"}},
          {"name": "sub", "type": "run-subflow", "transitions": [], "properties": {"flow_sid": "FW1"}},
          {"name": "here", "type": "run-subflow", "transitions": [], "properties": {"flow_sid": "FW2"}},
          {"name": "plain", "type": "make-http-request", "transitions": [], "properties": {"url": "http://shop.example"}},
          {"name": "odd", "type": "teleport", "transitions": [], "properties": {}}
        ]}
        """;
}
