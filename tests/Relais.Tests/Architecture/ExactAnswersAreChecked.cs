using System.Net;
using System.Text;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Architecture;

/// <summary>The check of every answer against the document finds what is wrong, or it would be no check.</summary>
public sealed class ExactAnswersAreChecked
{
    [Fact]
    public async Task An_answer_that_is_not_as_described_is_found()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var owner = await DeskClient.SignIn(relais);
        var document = (await ApiDocument.Load(relais.Url))!;
        const string Label = "\"id\":1,\"name\":\"A\"";
        var right = (await owner.Post("/api/labels", new { name = "A" })).Ok().Body.GetRawText();
        Problem(right, 201).ShouldBeNull();
        Problem(right[..^1] + ",\"more\":1}", 201).ShouldEndWith("$.more is not described");
        Problem(right.Replace("\"name\":", "\"title\":", StringComparison.Ordinal), 201).ShouldEndWith("$.name is missing");
        Problem(right.Replace("\"A\"", "7", StringComparison.Ordinal), 201)!.ShouldContain("$.name is Number");
        Problem("{" + Label + "}", 202).ShouldEndWith("202 is not described");
        Problem("{" + Label + "}", 404).ShouldEndWith("404 is not described as application/json");

        string? Problem(string json, int status)
        {
            using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            return document.Problem("POST", "/api/labels", response, Encoding.UTF8.GetBytes(json));
        }
    }
}
