using Limpet.KnownLeaks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>Tests of parts together: the category <c>integration</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class IntegrationAttribute : TestCategoryBaseAttribute
{
    /// <inheritdoc/>
    public override IList<string> TestCategories => [TestTraits.Integration];
}
