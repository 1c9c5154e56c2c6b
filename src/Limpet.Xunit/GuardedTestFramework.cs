using System.Reflection;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>xUnit's own framework, with an executor that tells a guard what runs.</summary>
public sealed class GuardedTestFramework : XunitTestFramework
{
    private readonly string? _configuration;

    /// <summary>Creates the framework.</summary>
    public GuardedTestFramework()
    {
    }

    /// <summary>Creates the framework with a configuration file.</summary>
    /// <param name="configFileName">The file; null for none.</param>
    public GuardedTestFramework(string? configFileName)
        : base(configFileName) => _configuration = configFileName;

    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new GuardedExecutor(new XunitTestAssembly(assembly, _configuration, assembly.GetName().Version));
}
