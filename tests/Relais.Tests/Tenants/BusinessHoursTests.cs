using Relais.Engine.Handoffs;
using Relais.Foundation;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class BusinessHoursTests
{
    /// <summary>Two periods on weekdays, Friday until one at night, Saturday morning; closed on 25 December 2026, a Friday.</summary>
    private static readonly BusinessHours Shop = new BusinessHoursJson(
        new WeekJson(
            [new("09:00", "12:00"), new("14:00", "18:00")], [new("09:00", "12:00"), new("14:00", "18:00")], [new("09:00", "12:00"), new("14:00", "18:00")],
            [new("09:00", "12:00"), new("14:00", "18:00")], [new("18:00", "01:00")], [new("10:00", "12:00")]),
        ["2026-12-25"]).Hours(out _)!;

    [Theory]
    [InlineData("2026-05-04T09:00:00Z", "Nous sommes ouverts jusqu'à 12:00.")] // Monday, 11:00 in Paris
    [InlineData("2026-05-04T11:00:00Z", "Nous sommes fermés pour le moment et rouvrons aujourd'hui à 14:00.")]
    [InlineData("2026-05-04T19:00:00Z", "Nous sommes fermés pour le moment et rouvrons demain à 09:00.")]
    [InlineData("2026-05-08T22:30:00Z", "Nous sommes ouverts jusqu'à 01:00.")] // Saturday, half past midnight: Friday's evening
    [InlineData("2026-05-09T12:00:00Z", "Nous sommes fermés pour le moment et rouvrons lundi à 09:00.")]
    [InlineData("2026-12-25T18:00:00Z", "Nous sommes fermés pour le moment et rouvrons demain à 10:00.")]
    [InlineData("2026-03-29T01:30:00Z", "Nous sommes fermés pour le moment et rouvrons demain à 09:00.")] // the clock has just sprung
    public void What_is_promised_is_what_the_hours_say(string utc, string sentence) => Sentence("fr", Shop, utc).ShouldBe(sentence);

    [Theory]
    [InlineData("ar", "نحن مغلقون الآن، ونفتح غداً على الساعة 09:00.")]
    [InlineData("en", "We are closed now and open tomorrow at 09:00.")]
    public void In_the_customers_language(string language, string sentence) => Sentence(language, Shop, "2026-05-04T19:00:00Z").ShouldBe(sentence);

    [Fact]
    public void Nothing_is_promised_where_nothing_is_known_or_nobody_comes()
    {
        Sentence("fr", null, "2026-05-04T19:00:00Z").ShouldBe("");
        Sentence("fr", new BusinessHoursJson(new WeekJson()).Hours(out _), "2026-05-04T19:00:00Z").ShouldBe("");
        var always = Enumerable.Repeat<IReadOnlyList<OpenPeriod>>([new("00:00", "12:00"), new("12:00", "00:00")], 7).ToList();
        Sentence("fr", new BusinessHoursJson(new WeekJson(always[0], always[0], always[0], always[0], always[0], always[0], always[0])).Hours(out _), "2026-05-04T19:00:00Z")
            .ShouldBe("");
    }

    private static string Sentence(string language, BusinessHours? hours, string utc) => HoursTexts.Sentence(
        language, (HandoffSettings.Usual with { Hours = hours, TimeZone = "Europe/Paris" }).HoursAt(Instants.ToMicros(DateTimeOffset.Parse(utc))),
        AutomaticMessages.Ours, "Shop");
}
