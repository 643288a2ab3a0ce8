using Relais.Tenants;
using Shouldly;

namespace Relais.Tests.Tenants;

/// <summary>What the tests of this API say often.</summary>
internal static class Expect
{
    public static AddedAgent.Added ShouldBeAdded(this AddedAgent outcome) => outcome.ShouldBeOfType<AddedAgent.Added>();

    public static Answer ShouldSay(this Answer answer, int status, string? code = null)
    {
        answer.Status.ShouldBe(status, answer.Text);
        if (code is not null)
        {
            answer.Header("Content-Type").ShouldBe("application/problem+json");
            answer.Code.ShouldBe(code);
        }

        return answer;
    }
}
