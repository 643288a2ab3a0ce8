-- Why a campaign waits and why a follow-up ended, as codes: pages say them in their reader's language.

ALTER TABLE campaign ADD COLUMN wait_code TEXT;
ALTER TABLE follow_up_plan ADD COLUMN problem_code TEXT;
