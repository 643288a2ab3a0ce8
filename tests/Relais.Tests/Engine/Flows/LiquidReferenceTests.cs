using System.Text.Json.Nodes;
using Relais.Engine.Flows.Liquid;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>
/// Every filter, tag and operator against what the reference implementation (liquidjs) makes of it. The expectations lie in
/// Payloads/liquid/cases.json; console/src/flows/liquid.test.ts checks them against liquidjs itself.
/// </summary>
public sealed class LiquidReferenceTests
{
    private static readonly JsonObject Kept = (JsonObject)JsonNode.Parse(Payload.Text("liquid", "cases.json"))!;
    private static readonly LiquidLimits Limits = new(new DateTimeOffset(2026, 3, 14, 9, 5, 7, TimeSpan.Zero));

    [Theory]
    [InlineData("paths", 38)]
    [InlineData("literals", 29)]
    [InlineData("operators", 111)]
    [InlineData("tags", 37)]
    [InlineData("loops", 29)]
    [InlineData("whitespace", 9)]
    [InlineData("text", 71)]
    [InlineData("web", 24)]
    [InlineData("number", 53)]
    [InlineData("list", 47)]
    [InlineData("misc", 21)]
    [InlineData("date", 61)]
    public void Is_what_the_reference_makes_of_it(string group, int cases)
    {
        var wrong = new List<string>();
        var all = Kept["cases"]!.AsArray().Where(c => (string?)c!["group"] == group).ToList();
        foreach (var one in all)
        {
            var template = (string)one!["template"]!;
            var made = LiquidText.Render(template, (JsonObject)Kept["context"]!, Limits).Text;
            if (made != (string)one["expected"]!)
            {
                wrong.Add($"{template}\n  is       {made}\n  not      {one["expected"]}");
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        all.Count.ShouldBe(cases);
    }
}
