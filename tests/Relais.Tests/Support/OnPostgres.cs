using System.Runtime.CompilerServices;
using Xunit;

namespace Relais.Tests.Support;

/// <summary>A fact about PostgreSQL alone. Without RELAIS_TEST_POSTGRES it is a visible skip; in CI (CI=true) it fails.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public sealed class OnPostgresAttribute : FactAttribute
{
    public OnPostgresAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (TestDatabase.Postgres is null && Environment.GetEnvironmentVariable("CI") is not "true")
        {
            Skip = "RELAIS_TEST_POSTGRES is not set: bin/test starts a PostgreSQL and sets it.";
        }
    }
}
