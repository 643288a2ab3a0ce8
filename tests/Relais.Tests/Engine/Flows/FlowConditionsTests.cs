using Relais.Engine.Flows;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

public sealed class FlowConditionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 23, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Casablanca = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    [Theory]
    [InlineData("equal_to", " OUI ", "oui", true)]
    [InlineData("equal_to", "oui!", "oui", false)]
    [InlineData("equal_to", "ÉTÉ", "été ", true)]
    [InlineData("equal_to", "", "", true)]
    [InlineData("not_equal_to", "Oui", "oui", false)]
    [InlineData("not_equal_to", "non", "oui", true)]
    [InlineData("matches_any_of", "y", "YES, Yes, Y", true)]
    [InlineData("matches_any_of", "agente", "Agente,asesor", true)]
    [InlineData("matches_any_of", "agent", "Agente,asesor", false)]
    [InlineData("matches_any_of", "نعم", "oui, نعم", true)]
    [InlineData("does_not_match_any_of", "YES", "yes, y", false)]
    [InlineData("does_not_match_any_of", "no", "yes, y", true)]
    [InlineData("is_blank", "  \n", "Is Blank", true)]
    [InlineData("is_blank", "x", "Is Blank", false)]
    [InlineData("is_not_blank", "x", "", true)]
    [InlineData("is_not_blank", "  ", "", false)]
    [InlineData("regex", "Abc1", "[a-c]+\\d", true)]
    [InlineData("regex", "xabc1", "[a-c]+\\d", false)]
    [InlineData("regex", "abc1 et plus", "[a-c]+\\d", false)]
    [InlineData("regex", "b", "a|b", true)]
    [InlineData("regex", "ab", "a|b", false)]
    [InlineData("regex", "x", "(", false)]
    [InlineData("regex", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+", false)]
    [InlineData("contains", "je veux un RENDEZ-VOUS", "rendez", true)]
    [InlineData("contains", "oui", "non", false)]
    [InlineData("does_not_contain", "oui", "OU", false)]
    [InlineData("does_not_contain", "oui", "non", true)]
    [InlineData("starts_with", " Mercedes GLA", "mercedes", true)]
    [InlineData("starts_with", "ma Mercedes", "mercedes", false)]
    [InlineData("does_not_start_with", "Mercedes", "merc", false)]
    [InlineData("does_not_start_with", "ma Mercedes", "merc", true)]
    [InlineData("less_than", "2", "10", true)]
    [InlineData("less_than", "10", "2", false)]
    [InlineData("less_than", "deux", "10", false)]
    [InlineData("less_than", "-1.5", "-1", true)]
    [InlineData("greater_than", "10", "9.5", true)]
    [InlineData("greater_than", "", "1", false)]
    [InlineData("greater_than", "5", "5", false)]
    [InlineData("is_before_time", "09:15", "18:00", true)]
    [InlineData("is_before_time", "9:15", "09:15", false)]
    [InlineData("is_before_time", "plus tard", "18:00", false)]
    [InlineData("is_before_time", "now", "00:31", true)]
    [InlineData("is_after_time", "now", "00:29", true)]
    [InlineData("is_after_time", "2026-03-14T17:30:00Z", "18:29", true)]
    [InlineData("is_after_time", "18:00", "18:00", false)]
    [InlineData("is_before_date", "2026-03-14", "2026-03-15", true)]
    [InlineData("is_before_date", "2026-03-15", "2026-03-15", false)]
    [InlineData("is_before_date", "14/03/2026", "2026-03-15", false)]
    [InlineData("is_after_date", "now", "2026-03-14", true)]
    [InlineData("is_after_date", "2026-03-15T08:00:00Z", "2026-03-14", true)]
    [InlineData("is_after_date", "2026-02-30", "2026-01-01", false)]
    [InlineData("no_such_condition", "a", "a", false)]
    public void Holds_as_in_studio(string type, string input, string value, bool holds) =>
        FlowConditions.Hold(Match((type, [], value)), input, t => t, Now, Casablanca).ShouldBe(holds);

    [Fact]
    public void All_conditions_have_to_hold_and_arguments_come_before_the_input()
    {
        string Render(string text) => text.Replace("{{x}}", "Oui", StringComparison.Ordinal);
        FlowConditions.Hold(Match(("equal_to", ["{{x}}"], "oui"), ("contains", [], "u")), "du", Render, Now, Casablanca).ShouldBeTrue();
        FlowConditions.Hold(Match(("equal_to", ["{{x}}"], "oui"), ("contains", [], "z")), "du", Render, Now, Casablanca).ShouldBeFalse();
        FlowConditions.Hold(Match(("equal_to", [], "{{x}}")), "OUI", Render, Now, Casablanca).ShouldBeTrue();
        FlowConditions.Hold(Match(), "x", Render, Now, Casablanca).ShouldBeFalse();
    }

    [Fact]
    public void There_are_seventeen() => FlowConditions.Types.Distinct().Count().ShouldBe(17);

    private static FlowTransition Match(params (string Type, string[] Arguments, string Value)[] conditions) =>
        new("match", "next", [.. conditions.Select(c => new FlowCondition(null, c.Arguments, c.Type, c.Value))]);
}
