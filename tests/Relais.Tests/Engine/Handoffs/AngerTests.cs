using Relais.Engine.Handoffs;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Handoffs;

public sealed class AngerTests
{
    [Fact]
    public void Calm_customers_are_not_taken_for_angry_and_most_angry_ones_are_noticed()
    {
        var alarms = AngerSet.Calm.Where(Anger.IsIn).ToList();
        var missed = AngerSet.Angry.Where(m => !Anger.IsIn(m)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"false alarms {alarms.Count} of {AngerSet.Calm.Length}, missed {missed.Count} of {AngerSet.Angry.Length}: {string.Join(" | ", missed)}");
        ((double)alarms.Count / AngerSet.Calm.Length).ShouldBeLessThanOrEqualTo(0.03, string.Join(" | ", alarms));
        ((double)missed.Count / AngerSet.Angry.Length).ShouldBeLessThanOrEqualTo(0.1, string.Join(" | ", missed));
    }

    [Fact]
    public void Nor_are_those_of_whom_the_words_knew_nothing()
    {
        var alarms = AngerSet.HeldCalm.Where(Anger.IsIn).ToList();
        var missed = AngerSet.HeldAngry.Where(m => !Anger.IsIn(m)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"held out: false alarms {alarms.Count} of {AngerSet.HeldCalm.Length}, missed {missed.Count} of {AngerSet.HeldAngry.Length}: {string.Join(" | ", alarms)} / {string.Join(" | ", missed)}");
        alarms.Count.ShouldBeLessThanOrEqualTo(1, string.Join(" | ", alarms));
        missed.Count.ShouldBeLessThanOrEqualTo(AngerSet.HeldAngry.Length / 2, string.Join(" | ", missed));
    }

    [Theory]
    [InlineData("OK MERCI TRK123456")]
    [InlineData("")]
    [InlineData("😀!!!")]
    public void Shouting_alone_is_no_anger(string text) => Anger.IsIn(text).ShouldBeFalse();
}
