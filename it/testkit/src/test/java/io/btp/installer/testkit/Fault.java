package io.btp.installer.testkit;

import java.util.Set;

/** One way to get a provider wrong, with the laws that it breaks. */
enum Fault {
    NONE,
    CHANGES_ITS_DESCRIPTION("describesItselfTheSameEveryTime"),
    INVENTS_HOW_LONG_IT_TAKES("saysHowLongItsStepsUsuallyTake"),
    CONCEALS_HOW_LONG_IT_TAKES("saysHowLongItsStepsUsuallyTake"),
    ASKS_BY_A_BAD_KEY("asksTheSameWellFormedQuestionsEveryTime"),
    REFUSES_VALID_ANSWERS("takesValidAnswersOrSaysWhatIsWrongWithThem"),
    LOSES_AN_ANSWER("keepsAnswersFromTheFileToTheRecordAndBack"),
    PRINTS_ITS_CONFIGURATION("keepsAnswersFromTheFileToTheRecordAndBack"),
    CHOOSES_AMONG_NUMBERS("isAskedAlikeByLinesByKeysAndByAFile"),
    CHANGES_ITS_NEEDS("needsTheSameForTheSameAnswers"),
    CONNECTS_WHEN_OPENED("contactsNothingWhenItIsOpened"),
    CONNECTS_WHEN_ABSENT("saysWithoutLookingWhatAWholeInstallDoes"),
    PLANS_HALF_WHEN_ABSENT("saysWithoutLookingWhatAWholeInstallDoes"),
    IS_BLOCKED_WITHOUT_THE_STORE("canBePlannedWhateverElseIsMissing"),
    PLANS_A_STEP_TWICE("namesEachStepOnce"),
    WRITES_WHEN_IT_LOOKS("changesNothingByLooking"),
    NEVER_CONVERGES(
            "installsUntilNothingIsLeftToDo",
            "installingAgainChangesNothing",
            "convergesToTheSameFromAStopAfterEachStep",
            "installsAgainOnTheDataThatItKept"),
    PUBLISHES_ANOTHER_RECORD_EACH_TIME("publishesTheSameWhenItLooksAgain"),
    LOOKS_AT_ITS_FIRST_THING_ALONE(
            "convergesToTheSameFromAStopAfterEachStep", "seesAndRepairsWhatIsLost", "seesAndRepairsWhatIsChanged"),
    CANNOT_REPEAT_A_STEP("canDoEachStepTwice"),
    READS_A_RECORD_EARLY("doesBeforeANeedIsMetOnlyWhatDoesNotUseIt"),
    DOES_NOT_SEE_LOSS("seesAndRepairsWhatIsLost"),
    DOES_NOT_SEE_CHANGE("seesAndRepairsWhatIsChanged"),
    LEAVES_SOMETHING("removesEverythingItMade", "removesWhateverAStoppedInstallLeft"),
    REMOVES_NOTHING_WITHOUT_CONFIGURATION(
            "removesEverythingWithoutItsConfiguration", "removesWhateverAStoppedInstallLeft"),
    REMOVES_ONLY_WHAT_IS_WHOLE("removesWhateverAStoppedInstallLeft"),
    NEVER_ENDS_TO_KEEP_DATA("installsAgainOnTheDataThatItKept"),
    LEAVES_NO_MARK("marksWhatItMakesAsItsOwn"),
    PLANS_A_SECRET("tellsNobodyASecret"),
    STORES_A_SECRET_IN_THE_OPEN("tellsNobodyASecret"),
    LOGS_A_SECRET("tellsNobodyASecret");

    final Set<String> broken;

    Fault(String... broken) {
        this.broken = Set.of(broken);
    }
}
