using System.Text;
using Relais.Simulator;

namespace Relais.Tests.Support;

/// <summary>Webhook bodies of Meta, written out by hand: for what no phone of the simulator does.</summary>
internal static class MetaBody
{
    /// <summary>Messages of one customer in one body. Each is the JSON between its braces, without <c>from</c>.</summary>
    public static byte[] Messages(SimulatedNumber to, string from, params string[] messages) => Value(to, $$"""
        "contacts":[{"profile":{"name":"Inès"},"wa_id":"{{from}}"}],"messages":[{{string.Join(',', messages.Select(m => $$"""{"from":"{{from}}",{{m}}}"""))}}]
        """);

    public static byte[] Value(SimulatedNumber to, string value, string field = "messages") => Encoding.UTF8.GetBytes($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{to.Account}}}","changes":[{"field":"{{{field}}}","value":{"messaging_product":"whatsapp",
        "metadata":{"display_phone_number":"{{{to.DisplayNumber[1..]}}}","phone_number_id":"{{{to.Address}}}"},{{{value}}}}}]}]}
        """);

    public static string Text(string id, string body) => $$""" "id":"{{id}}","timestamp":"1790000000","type":"text","text":{"body":"{{body}}"} """;

    public static string Of(string id, string type, string payload) => $$""" "id":"{{id}}","timestamp":"1790000000","type":"{{type}}","{{type}}":{{payload}} """;

    public static string NumberChanged(string id, string now) =>
        Of(id, "system", $$"""{"body":"the number changed","type":"user_changed_number","wa_id":"{{now}}"}""");

    /// <summary>Posts a body as Meta would; it is taken.</summary>
    public static async Task Post(this RelaisHost relais, byte[] body)
    {
        var result = await relais.Simulator.Phone("+33600009999").SendRaw(relais.Meta, body);
        Shouldly.ShouldBeBooleanExtensions.ShouldBeTrue(result.Taken, $"{result.StatusCode} {result.Answer}");
    }
}
