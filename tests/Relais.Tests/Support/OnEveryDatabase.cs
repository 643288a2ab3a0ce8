using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Relais.Tests.Support;

/// <summary>
/// Runs a theory once on SQLite and once on PostgreSQL (argument of type <see cref="DatabaseKind"/>). Without RELAIS_TEST_POSTGRES
/// the second is a visible skip; in CI (CI=true) it fails, since there it must be there.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public sealed class OnEveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var postgres = new TheoryDataRow(DatabaseKind.Postgres);
        if (TestDatabase.Postgres is null && Environment.GetEnvironmentVariable("CI") is not "true")
        {
            postgres.Skip = "RELAIS_TEST_POSTGRES is not set: bin/test starts a PostgreSQL and sets it.";
        }

        return new([new TheoryDataRow(DatabaseKind.Sqlite), postgres]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
