package lifecycle

// The codes of reasons, a closed set: report has words for each. Behind each stand its
// arguments; one that is not known is "". revision and revisions are as the catalogue
// writes them, with "" for a statement on the model as a whole left out. label is
// the vendor's key, for the hint where that vendor prints what is to be read. Dates are
// "2006-01-02", "2006-01" or "2006".

// The first reason of a verdict: what decided.
const (
	CodeEnded               = "ended"                 // security updates ended: vendor, model, revision, date
	CodeEndedRange          = "ended_range"           // all sources say ended, on different dates: vendor, model, revision, first, last
	CodeEndedNoDate         = "ended_no_date"         // listed as ended, no source gives a date: vendor, model, revision
	CodeEndedLater          = "ended_later"           // a source of soon after the day lists it as ended, since when is not said: vendor, model, revision, date (of the source)
	CodeEndsSoon            = "ends_soon"             // security updates (or all support) end within the horizon: vendor, model, revision, date
	CodeDiscontinued        = "discontinued"          // no longer made or sold, nothing said on updates: vendor, model, revision, date (of the end of sales, "" = not given)
	CodeDiscontinuedUpdated = "discontinued_updated"  // no longer made or sold, yet the newest firmware is recent: vendor, model, revision, version, date
	CodeSourcesDisagree     = "sources_disagree"      // one source says ended, another supported: vendor, model, revision, ended and supported (who says so: publisher, region and item, comma separated), label
	CodeUpdatedSince        = "updated_since"         // ended for another region only, and an update came after that: vendor, model, revision, first (the end), region, version, last (the update), label
	CodeRevisionUnknown     = "revision_unknown"      // the answer hangs on the revision, which is not known: vendor, model, revisions, ended, plan, supported, disagree, silent (the revisions of each, comma separated), label
	CodeRevisionUnlisted    = "revision_unlisted"     // no source mentions this revision: vendor, model, revision, revisions, ended, plan, supported, disagree, silent, label
	CodeRevisionsDisagree   = "revisions_disagree"    // what is said of the model as a whole is not true of all its revisions: the arguments of revision_unlisted
	CodeSeveralModels       = "several_models"        // the name goes with several models: alias, models, ended, plan, supported, disagree, silent (models of each), label
	CodeIdentityInDoubt     = "identity_in_doubt"     // the device contradicts itself: part ("vendor" or "model"), values, vendor, model, label
	CodeModelCalled         = "model_called"          // the model stands only in the name that the device goes by: vendor, model, label
	CodeMakerGuessed        = "maker_guessed"         // the device names a model and nobody who made it; one maker is known for it: vendor, model, label
	CodeRevisionInDoubt     = "revision_in_doubt"     // the device contradicts itself on its revision: values, vendor, model, label
	CodeFirmwareBehind      = "firmware_behind"       // supported, or about to end, but behind: vendor, model, installed, newest, fixes (what the newer one fixes, "" = not said)
	CodeSupportedUntil      = "supported_until"       // security updates until a date: vendor, model, revision, date
	CodeSupportedListed     = "supported_listed"      // on the vendor's list of supported models: vendor, model, revision, date (of the list)
	CodeSupportedUpdated    = "supported_updated"     // weaker: the vendor released firmware lately: vendor, model, revision, version, date
	CodeSupportedElsewhere  = "supported_elsewhere"   // said to be supported, but in another region only: vendor, model, revision, region
	CodeSupportedStale      = "supported_stale"       // said to be supported, but too long ago: vendor, model, revision, date
	CodeSupportedSecondHand = "supported_second_hand" // said to be supported, but not by the vendor: vendor, model, revision, date
	CodeSupportedProvider   = "supported_provider"    // the shop's version is updated; of the provider's nothing is said: vendor, model, revision, provider
	CodeNoStatement         = "no_statement"          // the model is known, no source says a word on its support: vendor, model, revision, looked (the day it was looked for, "" = not), page, label
	CodeNotInCatalogue      = "not_in_catalogue"      // identified, but no such product: vendor, model, revision, label
	CodeNoCatalogue         = "no_catalogue"          // there is no catalogue to look in: no arguments
	CodeNotIdentified       = "not_identified"        // no vendor and no model: kind
	CodeNoVendor            = "no_vendor"             // a model without a vendor is no match: model
	CodeNoModel             = "no_model"              // a vendor without a model: vendor, label
	CodeGatewaySilent       = "gateway_silent"        // the router of this network did not say who it is: no arguments
	CodeKindInDoubt         = "kind_in_doubt"         // perhaps something else, perhaps not: kind, values
	CodeThirdParty          = "third_party_firmware"  // other firmware than the vendor's: software, vendor, model
	CodeOtherDevice         = "other_device"          // clearly something else: kind
	CodeKeptApart           = "kept_apart"            // silent, and most likely a telephone or a computer: no arguments
)

// Reasons that stand behind the first.
const (
	CodeEveryListedRevision = "every_listed_revision" // the revision is not known, and every listed one gives this verdict: revisions, label
	CodeSecondHandOnly      = "second_hand_only"      // only second-hand sources say so: publishers
	CodeAuthorityOnly       = "authority_only"        // an authority (a CVE record, CISA, a CERT) says so, not the vendor: publishers
	CodeOtherRegion         = "other_region"          // said for another region only: region
	CodeProviderBox         = "provider_box"          // a provider's box: provider
	CodeLatestFirmware      = "latest_firmware"       // runs the newest known firmware, which proves no support: installed
	CodeFirmwareNotCompared = "firmware_not_compared" // the two versions cannot be ordered: installed, newest
	CodeFirmwareNotKnown    = "firmware_not_known"    // the device does not say its firmware: newest
	CodeFirmwareInDoubt     = "firmware_in_doubt"     // the device contradicts itself on its firmware: values
	CodeLastUpdate          = "last_update"           // the newest firmware that is listed: version, date
	CodeMatchedAlias        = "matched_alias"         // met under another name: alias, vendor, model
	CodeCorrected           = "corrected"             // a person read it from the label: vendor, model, revision
	CodeWithdrawn           = "withdrawn"             // something was said of the model and taken back; it decides nothing: why
)

// Reasons in Verdict.Campaigns.
const (
	CodeNamed = "named" // the model is named: campaign, detail, revision ("" = all)
)

// The rules that decide, for the "Why?" trail; Verdict.Rule is one of them.
const (
	RuleEveryProductEnded  = "every_product_ended"  // red: for every product it can be, security support is past
	RuleEndsWithinHorizon  = "ends_within_horizon"  // orange: the end is dated and near
	RuleDiscontinuedNoWord = "discontinued_no_word" // orange: discontinued, and nothing proves updates
	RuleDisagreeingSources = "disagreeing_sources"  // orange or yellow: sources disagree
	RuleRevisionsDiffer    = "revisions_differ"     // yellow: the revision is not known and matters
	RuleRevisionNotListed  = "revision_not_listed"  // yellow or grey: nobody mentions this revision
	RuleNameIsShared       = "name_is_shared"       // yellow: the name goes with several models
	RuleDoubtfulIdentity   = "doubtful_identity"    // yellow: the device contradicts itself
	RuleBehindNewest       = "behind_newest"        // blue: supported, and a newer firmware is known
	RuleFreshFact          = "fresh_fact"           // green: a fresh, sourced fact about this very product
	RuleNoFreshFact        = "no_fresh_fact"        // grey: no fresh fact about this very product
	RuleNoEntry            = "no_entry"             // grey: not in the catalogue
	RuleNoCatalogue        = "no_catalogue"         // grey: there is no catalogue
	RuleNoIdentity         = "no_identity"          // grey: not identified
	RuleThirdPartyFirmware = "third_party_firmware" // grey: the vendor's date does not settle it
	RuleSomethingElse      = "something_else"       // no colour: not a router, camera or store
	RuleKeptApart          = "kept_apart"           // no colour: silent, and most likely none
)
