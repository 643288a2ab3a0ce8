using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Trial;

public sealed class TrialTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Tune()
    {
        output.WriteLine((await TrialFigures.Of(TrialSet.Half("tune"), "fr", output.WriteLine)).ToString());
        foreach (var owner in (string[])["ar", "en"])
        {
            output.WriteLine($"{owner}: {await TrialFigures.Of(TrialSet.Half("tune"), owner)}");
        }
    }

    [Fact]
    public async Task Report()
    {
        foreach (var owner in (string[])["fr", "ar", "en"])
        {
            output.WriteLine($"{owner}: {await TrialFigures.Of(TrialSet.Half("report"), owner)}");
        }
    }
}
