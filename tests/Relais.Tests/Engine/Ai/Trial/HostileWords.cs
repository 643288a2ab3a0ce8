using System.Diagnostics;
using System.Text;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;
using Relais.Tests.Fuzz;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Trial;

/// <summary>Language, intent and FAQ search take any string, and longer ones only proportionally longer.</summary>
public sealed class HostileWords(ITestOutputHelper output)
{
    private const int Strings = 10_000;

    private static readonly string[] Pieces =
        ["\ud800", "\udc00", "\0", "\u202e", "\ufeff", "ﷺ", "e\u0301\u0301\u0301", "👨‍👩‍👧‍👦", "ـــ", "TRK", "#", "999999", " ", "\n", "commande", "طلب", "3afak", "İ", "ß", "\uffff", "'", "?", "œ", "annuler"];

    private static readonly FaqSearch Faq = FaqSearch.Build(TrialSet.Shop("fr"));

    [Fact]
    public void Ten_thousand_hostile_strings_are_read_without_an_exception()
    {
        var random = new Random(20261121);
        for (var i = 0; i < Strings; i++)
        {
            var text = Next(random);
            ReadAll(text).ShouldBeInRange(0, 1, text);
        }
    }

    [Theory]
    [InlineData("commande ")]
    [InlineData("طلبي ")]
    [InlineData("TRK-1 ")]
    [InlineData("ﷺ")]
    [InlineData("a")]
    [InlineData("0 ")]
    public void Eight_times_the_text_takes_no_more_than_linearly_longer(string piece)
    {
        var (shorter, longer) = (Text(500), Text(4_000));
        var (few, many) = (Fastest(shorter), Fastest(longer));
        output.WriteLine($"{few.TotalMicroseconds:F0} µs, eight times the length {many.TotalMicroseconds:F0} µs");
        many.ShouldBeLessThan((few * 24) + TimeSpan.FromMilliseconds(1), "a square would be 64 times");

        string Text(int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));
    }

    /// <summary>Of several runs, because the machine is shared.</summary>
    private static TimeSpan Fastest(string text)
    {
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 15; run++)
        {
            var start = Stopwatch.GetTimestamp();
            ReadAll(text);
            var took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        return best;
    }

    /// <summary>The least of the three confidences; every one must be a share.</summary>
    private static double ReadAll(string text)
    {
        var scores = Faq.Find(text).Select(m => m.Score).Append(IntentReader.BuiltIn.Read(text).Confidence).Append(LanguageDetector.Detect(text).Confidence).ToList();
        return scores.TrueForAll(score => score is >= 0 and <= 1.000_01) ? Math.Min(scores.Min(), 1) : -1;
    }

    private static string Next(Random random)
    {
        if (random.Next(3) == 0)
        {
            return Encoding.UTF8.GetString(random.Next(2) == 0 ? HostileValues.NextJson(random) : HostileValues.NextForm(random));
        }

        var text = new StringBuilder();
        for (var left = random.Next(1, 60); left > 0; left--)
        {
            text.Append(random.Next(2) == 0 ? Pieces[random.Next(Pieces.Length)] : ((char)random.Next(0x10000)).ToString());
        }

        return text.ToString();
    }
}
