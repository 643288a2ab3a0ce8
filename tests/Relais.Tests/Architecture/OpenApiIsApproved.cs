using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Architecture;

/// <summary>What the program says of its API is what docs/api says.</summary>
public sealed class OpenApiIsApproved
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_OpenAPI_document_is_the_approved_one()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var document = JsonDocument.Parse(await relais.Http.GetStringAsync("/openapi/v1.json"));
        document.RootElement.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        Approved.Matches("openapi.json", JsonSerializer.Serialize(document.RootElement, Indented));
    }

    [Fact]
    public async Task Every_route_says_who_may_use_it_and_is_the_approved_one()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var routes = Routes.Of(relais);
        routes.Where(r => r.Who is null).ShouldBeEmpty("each endpoint ends with RequireAuthorization(Policies.…) or AllowAnonymous()");
        var text = new StringBuilder("# Routes\n\nMade by a test from the server's own routing. Agent: any member of a tenant; Admin: its admins and owners; Platform: who looks after the installation.\n\n| method | route | who may |\n|---|---|---|\n");
        foreach (var route in routes)
        {
            text.Append("| ").Append(route.Method).Append(" | `").Append(route.Path).Append("` | ").Append(route.Who).Append(" |\n");
        }

        Approved.Matches("routes.md", text.ToString());
    }

    /// <summary>The document knows shapes by their bare name: of two with one name only one would be described, and the other wrongly.</summary>
    [Fact]
    public async Task No_two_shapes_of_the_document_share_a_name()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var shapes = relais.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .Where(e => e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true)
            .SelectMany(e => e.Metadata.OfType<IProducesResponseTypeMetadata>().Select(m => m.Type).Concat(e.Metadata.OfType<IAcceptsMetadata>().Select(m => m.RequestType)))
            .OfType<Type>().SelectMany(type => (Type[])[type, .. type.GetGenericArguments()])
            .Where(type => type.Namespace?.StartsWith("Relais", StringComparison.Ordinal) == true && !type.IsGenericType).Distinct().ToList();
        shapes.Count.ShouldBeGreaterThan(100);
        shapes.GroupBy(type => type.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => string.Join(", ", same)).ShouldBeEmpty();
    }

    [Fact]
    public void The_errors_are_the_approved_ones()
    {
        var problems = typeof(Problems).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(Problem)).Select(f => (Problem)f.GetValue(null)!)
            .OrderBy(p => p.Code, StringComparer.Ordinal).ThenBy(p => p.Status).ToList();
        problems.ShouldAllBe(p => p.Detail.EndsWith('.') && p.Title.Length > 0 && p.Status >= 400);
        var text = new StringBuilder("# Errors\n\nMade by a test. Every error is `application/problem+json` with `type title status detail code trace_id`; the code is stable.\n\n| code | status | title | what to do |\n|---|---|---|---|\n");
        foreach (var problem in problems)
        {
            text.Append("| `").Append(problem.Code).Append("` | ").Append(problem.Status).Append(" | ").Append(problem.Title).Append(" | ")
                .Append(problem.Detail.Replace("|", "\\|")).Append(" |\n");
        }

        Approved.Matches("errors.md", text.ToString());
    }
}
