using Relais.Engine.Why;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Why;

public sealed class CutTests
{
    [Fact]
    public void A_cut_never_parts_a_pair()
    {
        Cut.To("ab😀cd", 4).ShouldBe("ab…");
        Cut.To("abcd", 4).ShouldBe("abcd");
    }
}
